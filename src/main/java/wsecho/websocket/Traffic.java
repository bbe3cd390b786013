package wsecho.websocket;

import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * What has gone through a session: whole messages, and their bytes, not compressed. It is
 * counted in the event loop and may be read in any thread, where it may lag behind.
 */
public final class Traffic {

	private long messagesReceived;

	private long bytesReceived;

	private long messagesSent;

	private long bytesSent;

	/** Counts a frame from the client, if it is one of a message. */
	void received(WebSocketFrame frame) {
		if (isData(frame)) {
			this.bytesReceived += frame.content().readableBytes();
			this.messagesReceived += frame.isFinalFragment() ? 1 : 0;
		}
	}

	/** Counts a frame to the client, if it is one of a message. */
	void sent(WebSocketFrame frame) {
		if (isData(frame)) {
			this.bytesSent += frame.content().readableBytes();
			this.messagesSent += frame.isFinalFragment() ? 1 : 0;
		}
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

	private static boolean isData(WebSocketFrame frame) {
		return !(frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame);
	}

}
