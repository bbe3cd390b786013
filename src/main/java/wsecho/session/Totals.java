package wsecho.session;

import wsecho.websocket.Traffic;

/**
 * What went through sessions.
 *
 * @param messagesReceived how many messages came from clients
 * @param bytesReceived how many bytes of messages
 * @param messagesSent how many messages went to clients
 * @param bytesSent how many bytes of messages
 */
record Totals(long messagesReceived, long bytesReceived, long messagesSent, long bytesSent) {

	static final Totals NONE = new Totals(0, 0, 0, 0);

	static Totals of(Traffic traffic) {
		return new Totals(traffic.incoming().messages(), traffic.incoming().bytes(), traffic.outgoing().messages(),
				traffic.outgoing().bytes());
	}

}
