package wsecho.session;

import wsecho.socket.LiveSession;

/**
 * What went through sessions, summed up.
 *
 * @param messagesReceived how many messages came from clients
 * @param bytesReceived how many bytes of messages
 * @param messagesSent how many messages went to clients
 * @param bytesSent how many bytes of messages
 */
record Totals(long messagesReceived, long bytesReceived, long messagesSent, long bytesSent) {

	static final Totals NONE = new Totals(0, 0, 0, 0);

	Totals plus(LiveSession session) {
		return new Totals(this.messagesReceived + session.messagesReceived(),
				this.bytesReceived + session.bytesReceived(), this.messagesSent + session.messagesSent(),
				this.bytesSent + session.bytesSent());
	}

}
