package wsecho.websocket;

import java.util.concurrent.TimeUnit;

import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import wsecho.websocket.codec.FrameCount;

/** What has gone through a WebSocket session, counted in its event loop. */
final class FrameTraffic implements Traffic {

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

	FrameTraffic(FrameCount frames) {
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

	@Override
	public long messagesReceived() {
		return this.messagesReceived;
	}

	@Override
	public long bytesReceived() {
		return this.bytesReceived;
	}

	@Override
	public long messagesSent() {
		return this.messagesSent;
	}

	@Override
	public long bytesSent() {
		return this.bytesSent;
	}

	@Override
	public long framesReceived() {
		return this.frames.frames();
	}

	@Override
	public long largestFrame() {
		return this.frames.largest();
	}

	@Override
	public int pingsSent() {
		return this.pingsSent;
	}

	@Override
	public int pongsReceived() {
		return this.pongsReceived;
	}

	@Override
	public int lastRoundTrip() {
		return this.lastRoundTrip;
	}

	@Override
	public int leastRoundTrip() {
		return this.leastRoundTrip;
	}

	@Override
	public long lastReceived() {
		return this.lastReceived;
	}

	@Override
	public long lastSent() {
		return this.lastSent;
	}

	private static boolean isData(WebSocketFrame frame) {
		return !(frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame);
	}

}
