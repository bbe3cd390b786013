package wsecho.websocket;

import java.util.concurrent.TimeUnit;

import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import wsecho.websocket.codec.FrameCount;

/** What has gone through a WebSocket session, counted in its event loop. */
final class FrameTraffic implements Traffic {

	private final FrameCount frames;

	private final OneWayTraffic incoming = new OneWayTraffic();

	private final OneWayTraffic outgoing = new OneWayTraffic();

	private int pingsSent;

	private int pongsReceived;

	private int lastRoundTrip = -1;

	private int leastRoundTrip = -1;

	FrameTraffic(FrameCount frames) {
		this.frames = frames;
	}

	/** Something has come from the client. */
	void heard() {
		this.incoming.moved();
	}

	/** Something has been handed to the network. */
	void told() {
		this.outgoing.moved();
	}

	/** Counts a frame from the client, if it is one of a message. */
	void received(WebSocketFrame frame) {
		count(frame, this.incoming);
	}

	/** Counts a frame to the client, if it is one of a message. */
	void sent(WebSocketFrame frame) {
		count(frame, this.outgoing);
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
	public OneWayTraffic incoming() {
		return this.incoming;
	}

	@Override
	public OneWayTraffic outgoing() {
		return this.outgoing;
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

	private static void count(WebSocketFrame frame, OneWayTraffic way) {
		if (!(frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame)) {
			way.add(frame.content().readableBytes());
			if (frame.isFinalFragment()) {
				way.completed();
			}
		}
	}

}
