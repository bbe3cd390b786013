package wsecho.signalr.hub;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import wsecho.websocket.HeldMemory;

/**
 * The records that wait until the transport asks for them, which then gets all there are
 * in one go. Belongs to the thread of the connection.
 */
final class Outbox {

	/**
	 * In bytes: at this bound nothing more is read of the client, nor made. It may be
	 * exceeded by one record.
	 */
	private static final int LIMIT = 64 * 1024;

	private final HeldMemory memory;

	private final Timers timers;

	/** Run when there is room again. */
	private final Runnable room;

	private final Deque<byte[]> records = new ArrayDeque<>();

	private int bytes;

	private @Nullable FluxSink<byte[]> taker;

	private boolean completing;

	private boolean draining;

	private long lastAdded;

	/**
	 * One in which nothing waits.
	 * @param memory is told what does
	 * @param timers of the connection
	 * @param room run when there is room again
	 */
	Outbox(HeldMemory memory, Timers timers, Runnable room) {
		this.memory = memory;
		this.timers = timers;
		this.room = room;
		this.lastAdded = timers.now();
	}

	/** What the transport sends, one batch for each that it requests. */
	Flux<byte[]> batches() {
		// nothing is emitted that is not requested, so that the sink buffers nothing
		return Flux.create((sink) -> {
			this.taker = sink;
			sink.onRequest((n) -> drain());
		}, OverflowStrategy.IGNORE);
	}

	/** Adds a record, to be sent with the next {@link #drain}. */
	void add(byte[] record) {
		if (!this.completing) {
			this.records.add(record);
			hold(record.length);
			this.lastAdded = this.timers.now();
		}
	}

	/** Nothing more is added: the batches complete after what there is. */
	void complete() {
		this.completing = true;
	}

	/** Whether nothing waits. */
	boolean isEmpty() {
		return this.records.isEmpty();
	}

	boolean hasRoom() {
		return this.bytes == 0 || (this.bytes < LIMIT && !this.memory.isTight());
	}

	/** When something was last added, by the clock of the connection. */
	long lastAdded() {
		return this.lastAdded;
	}

	/** Hands over what there is, as far as the transport wants it. */
	void drain() {
		FluxSink<byte[]> to = this.taker;
		if (to == null || this.draining) {
			return;
		}
		this.draining = true;
		boolean full = !hasRoom();
		while (!this.records.isEmpty() && to.requestedFromDownstream() > 0) {
			to.next(takeAll());
		}
		this.draining = false;
		if (this.records.isEmpty() && this.completing) {
			to.complete();
		}
		else if (full && hasRoom()) {
			this.room.run();
		}
	}

	/** Drops what there is. */
	void end() {
		this.completing = true;
		this.records.clear();
		hold(-this.bytes);
	}

	private byte[] takeAll() {
		byte[] all = new byte[this.bytes];
		int position = 0;
		for (byte[] record : this.records) {
			System.arraycopy(record, 0, all, position, record.length);
			position += record.length;
		}
		this.records.clear();
		hold(-this.bytes);
		return all;
	}

	private void hold(int more) {
		this.bytes += more;
		this.memory.add(more);
	}

}
