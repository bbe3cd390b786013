package wsecho.check.client;

import io.netty.channel.Channel;
import wsecho.check.table.Facts;

/**
 * A connection.
 *
 * @param channel the channel
 * @param facts what is known of it
 */
record Connection(Channel channel, Facts facts) {

}
