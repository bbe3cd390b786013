package wsecho.websocket;

/**
 * What has gone through a session. It is counted in the event loop and may be read in any
 * thread, where it may lag behind. Messages, and their bytes, are those of the handler:
 * whole, and not compressed. Only a WebSocket has frames, pings and pongs.
 */
public interface Traffic {

	/** What the handler has received from the client. */
	OneWayTraffic incoming();

	/** What has been sent to the client. */
	OneWayTraffic outgoing();

	/** How many frames of messages have come, as they were on the wire. */
	default long framesReceived() {
		return 0;
	}

	/** The longest payload of these frames, in bytes; 0 without a frame. */
	default long largestFrame() {
		return 0;
	}

	/** How many keep-alive pings have been sent. */
	default int pingsSent() {
		return 0;
	}

	/** How many pongs have come, those that answer no ping too. */
	default int pongsReceived() {
		return 0;
	}

	/**
	 * From the last keep-alive ping that was answered to its pong, in µs; -1 for none.
	 */
	default int lastRoundTrip() {
		return -1;
	}

	/** The least time from a keep-alive ping to its pong, in µs; -1 for none. */
	default int leastRoundTrip() {
		return -1;
	}

}
