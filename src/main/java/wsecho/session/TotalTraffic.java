package wsecho.session;

import java.util.concurrent.atomic.LongAdder;

/**
 * What went through all sessions, open and ended. Each session adds what is new in it
 * whenever somebody wants to know, and when it ends.
 */
final class TotalTraffic {

	private final LongAdder messagesReceived = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder messagesSent = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	/** Adds the difference of two totals of one session. */
	void add(Totals before, Totals now) {
		this.messagesReceived.add(now.messagesReceived() - before.messagesReceived());
		this.bytesReceived.add(now.bytesReceived() - before.bytesReceived());
		this.messagesSent.add(now.messagesSent() - before.messagesSent());
		this.bytesSent.add(now.bytesSent() - before.bytesSent());
	}

	Totals sum() {
		return new Totals(this.messagesReceived.sum(), this.bytesReceived.sum(), this.messagesSent.sum(),
				this.bytesSent.sum());
	}

}
