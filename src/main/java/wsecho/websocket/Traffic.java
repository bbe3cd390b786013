package wsecho.websocket;

import java.util.concurrent.TimeUnit;

import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import wsecho.websocket.codec.FrameCount;

/**
 * What has gone through a session. It is counted in the event loop and may be read in any
 * thread, where it may lag behind. Messages, and their bytes, are those of the handler:
 * whole, and not compressed.
 */
public final class Traffic {

	private final FrameCount frames;

	private long messagesReceived;

	private long bytesReceived;

	private long messagesSent;

	private long bytesSent;

	private int pingsSent;

	private int pongsReceived;

	private int lastRoundTrip = -1;

	private int leastRoundTrip = -1;

	private long lastReceived;

	private long lastSent;

	Traffic(FrameCount frames) {
		this.frames = frames;
	}

	/** Something has come from the client. */
	void heard() {
		this.lastReceived = System.currentTimeMillis();
	}

	/** Something has been handed to the network. */
	void told() {
		this.lastSent = System.currentTimeMillis();
	}

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

	/** Counts a keep-alive ping. */
	void pinged() {
		this.pingsSent++;
	}

	/** Counts a pong, whether or not it answers a ping. */
	void ponged() {
		this.pongsReceived++;
	}

	/** A keep-alive ping has been answered, after so many nanoseconds. */
	void answered(long nanos) {
		int micros = (int) Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), Integer.MAX_VALUE);
		this.lastRoundTrip = micros;
		if (this.leastRoundTrip < 0 || micros < this.leastRoundTrip) {
			this.leastRoundTrip = micros;
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

	/** How many frames of messages have come, as they were on the wire. */
	public long framesReceived() {
		return this.frames.frames();
	}

	/** The longest payload of these frames, in bytes; 0 without a frame. */
	public long largestFrame() {
		return this.frames.largest();
	}

	/** How many keep-alive pings have been sent. */
	public int pingsSent() {
		return this.pingsSent;
	}

	/** How many pongs have come, those that answer no ping too. */
	public int pongsReceived() {
		return this.pongsReceived;
	}

	/**
	 * From the last keep-alive ping that was answered to its pong, in µs; -1 for none.
	 */
	public int lastRoundTrip() {
		return this.lastRoundTrip;
	}

	/** The least time from a keep-alive ping to its pong, in µs; -1 for none. */
	public int leastRoundTrip() {
		return this.leastRoundTrip;
	}

	/** When something last came, in ms since 1970; 0 for never. */
	public long lastReceived() {
		return this.lastReceived;
	}

	/** When something was last handed to the network, in ms since 1970; 0 for never. */
	public long lastSent() {
		return this.lastSent;
	}

	private static boolean isData(WebSocketFrame frame) {
		return !(frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame);
	}

}
