package wsecho.websocket.codec;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What was read and is not decoded yet. That is one read, unless the channel reads
 * without being asked to: Netty does that when the client has ended its direction.
 */
final class ReadQueue {

	private @Nullable ByteBuf first;

	private @Nullable Queue<ByteBuf> others;

	private int capacity;

	/** The first buffer, with at least one byte to read; or null. */
	@Nullable ByteBuf first() {
		return this.first;
	}

	/**
	 * Adds a buffer.
	 * @param read at least one byte, owned from here on
	 */
	void add(ByteBuf read) {
		this.capacity += read.capacity();
		if (this.first == null) {
			this.first = read;
			return;
		}
		if (this.others == null) {
			this.others = new ArrayDeque<>();
		}
		this.others.add(read);
	}

	/** Goes on to the next buffer if the first one has been read. */
	void advance() {
		if (this.first != null && !this.first.isReadable()) {
			this.capacity -= this.first.capacity();
			this.first.release();
			this.first = (this.others != null) ? this.others.poll() : null;
		}
	}

	/** How much memory the buffers take, read or not, in bytes. */
	int capacity() {
		return this.capacity;
	}

	void release() {
		this.capacity = 0;
		if (this.first != null) {
			this.first.release();
			this.first = null;
		}
		if (this.others != null) {
			this.others.forEach(ByteBuf::release);
			this.others = null;
		}
	}

}
