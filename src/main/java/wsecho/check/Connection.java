package wsecho.check;

import io.netty.channel.Channel;

/**
 * A connection.
 *
 * @param channel the channel
 * @param facts what is known of it
 */
record Connection(Channel channel, Facts facts) {

}
