package wsecho.signalr.hub;

import org.jspecify.annotations.Nullable;
import wsecho.signalr.protocol.ProtocolException;
import wsecho.signalr.protocol.Records;
import wsecho.websocket.HeldMemory;

/** What has come and has not been dealt with. Belongs to the thread of the connection. */
final class Inbox {

	/** How long a record may be, with its separator, in bytes. */
	private static final int MOST_OF_RECORD = 32 * 1024;

	private final HeldMemory memory;

	private final Records records = new Records(MOST_OF_RECORD);

	private int held;

	/** Run when what has come is dealt with. */
	private @Nullable Runnable dealtWith;

	Inbox(HeldMemory memory) {
		this.memory = memory;
	}

	/**
	 * Takes over what has come.
	 * @param bytes not to be changed any more
	 * @param dealtWith run when no whole record of it is left
	 */
	void feed(byte[] bytes, Runnable dealtWith) {
		this.records.feed(bytes);
		this.dealtWith = dealtWith;
	}

	/** The next record, or null if none is whole. */
	byte @Nullable [] next() throws ProtocolException {
		return this.records.next();
	}

	/** What is left waits for the client, or for room. */
	void account() {
		int now = this.records.held();
		this.memory.add(now - this.held);
		this.held = now;
	}

	/** No whole record is left, or none is wanted any more. */
	void dealtWith() {
		Runnable done = this.dealtWith;
		this.dealtWith = null;
		if (done != null) {
			done.run();
		}
	}

}
