package wsecho.signalr.hub;

import org.jspecify.annotations.Nullable;
import wsecho.signalr.protocol.ProtocolException;
import wsecho.signalr.protocol.Records;
import wsecho.websocket.HeldMemory;

/** What has come and has not been dealt with. Belongs to the thread of the connection. */
final class Inbox {

	/** How long a record may be, with its separator, in bytes. */
	private static final int MOST_OF_RECORD = 32 * 1024;

	/**
	 * How much may wait for room in the outbox, in bytes, and be exceeded by one piece: a
	 * client that posts before it polls must not wait for its own poll.
	 */
	private static final int LIMIT = 64 * 1024;

	private final HeldMemory memory;

	private final Records records = new Records(MOST_OF_RECORD);

	private int held;

	/** Run when there is room for more. */
	private @Nullable Runnable room;

	Inbox(HeldMemory memory) {
		this.memory = memory;
	}

	/**
	 * Takes over what has come.
	 * @param bytes not to be changed any more
	 */
	void feed(byte[] bytes) {
		this.records.feed(bytes);
	}

	/** Sets what is run, once, when there is room for more. */
	void whenRoom(Runnable room) {
		this.room = room;
	}

	boolean hasRoom() {
		return this.records.held() <= LIMIT;
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

	/** There is room for more, or nothing more is wanted. */
	void takeMore() {
		Runnable more = this.room;
		this.room = null;
		if (more != null) {
			more.run();
		}
	}

}
