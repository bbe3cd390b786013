package wsecho.websocket;

import java.util.ArrayDeque;
import java.util.Deque;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The pings that a handler has sent and that nothing has answered yet; the last few. */
final class SentPings {

	private static final int MOST = 16;

	private final Deque<ByteBuf> unanswered = new ArrayDeque<>();

	void sent(ByteBuf payload) {
		if (this.unanswered.size() == MOST) {
			this.unanswered.remove();
		}
		this.unanswered.add(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(payload)));
	}

	/** Whether a pong answers one of them. */
	boolean isAnsweredBy(ByteBuf payload) {
		return this.unanswered.contains(payload);
	}

	/**
	 * A pong has answered one of them. Those before it count as answered too: a peer may
	 * answer the most recent ping alone (RFC 6455, 5.5.3).
	 */
	void answered(ByteBuf payload) {
		if (isAnsweredBy(payload)) {
			while (!this.unanswered.remove().equals(payload)) {
			}
		}
	}

}
