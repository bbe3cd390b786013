package wsecho.session;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import wsecho.websocket.Traffic;

/**
 * What was seen of a session on the wire, beside its messages. There are many to be kept.
 *
 * @param framesReceived how many frames of messages came
 * @param largestFrame the longest payload of one, in bytes
 * @param pingsSent how many keep-alive pings went to the client
 * @param pongsReceived how many pongs came, those that answer no ping too
 * @param lastRoundTrip from the last ping that was answered to its pong, in µs; or -1
 * @param leastRoundTrip the least time from a ping to its pong, in µs; or -1
 * @param lastReceived when something last came, in ms since 1970; or 0
 * @param lastSent when something was last handed to the network, in ms since 1970; or 0
 */
record WireTraffic(long framesReceived, long largestFrame, int pingsSent, int pongsReceived, int lastRoundTrip,
		int leastRoundTrip, long lastReceived, long lastSent) {

	static final WireTraffic NONE = new WireTraffic(0, 0, 0, 0, -1, -1, 0, 0);

	static WireTraffic of(Traffic traffic) {
		return new WireTraffic(traffic.framesReceived(), traffic.largestFrame(), traffic.pingsSent(),
				traffic.pongsReceived(), traffic.lastRoundTrip(), traffic.leastRoundTrip(), traffic.incoming().last(),
				traffic.outgoing().last());
	}

	/** A time of it, or null for never. */
	static @Nullable Instant time(long millis) {
		return (millis != 0) ? Instant.ofEpochMilli(millis) : null;
	}

}
