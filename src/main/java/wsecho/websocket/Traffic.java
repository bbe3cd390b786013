package wsecho.websocket;

import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * What has gone through a session: whole messages, and their bytes, not compressed. It is
 * counted in the event loop and may be read in any thread, where it may lag behind.
 */
public final class Traffic {

	private final long limit;

	private long messagesReceived;

	private long bytesReceived;

	private long messagesSent;

	private long bytesSent;

	/** Of the message that is coming in. */
	private long length;

	/**
	 * Counts for one session.
	 * @param limit how many bytes a message from the client may have
	 */
	Traffic(long limit) {
		this.limit = limit;
	}

	/**
	 * Counts a frame of a message from the client.
	 * @return whether the message is not too long with it; if it is, it is not counted
	 */
	boolean received(WebSocketFrame frame) {
		int bytes = frame.content().readableBytes();
		this.length += bytes;
		if (this.length > this.limit) {
			return false;
		}
		this.bytesReceived += bytes;
		if (frame.isFinalFragment()) {
			this.messagesReceived++;
			this.length = 0;
		}
		return true;
	}

	/** Counts a frame of a message to the client. */
	void sent(WebSocketFrame frame) {
		this.bytesSent += frame.content().readableBytes();
		this.messagesSent += frame.isFinalFragment() ? 1 : 0;
	}

	/** How many whole messages the handler has received. */
	public long messagesReceived() {
		return this.messagesReceived;
	}

	/** How many bytes of messages, inflated, the handler has received. */
	public long bytesReceived() {
		return this.bytesReceived;
	}

	/** How many whole messages have been sent. */
	public long messagesSent() {
		return this.messagesSent;
	}

	/** How many bytes of messages, before they were deflated, have been sent. */
	public long bytesSent() {
		return this.bytesSent;
	}

}
