package wsecho.websocket;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.WebSocketMessage;
import wsecho.websocket.deflate.MessageDeflater;

/**
 * The sinks of a session, linked: usually there is one. They write to one channel, until
 * nothing may be sent any more.
 */
final class FrameSinks {

	private final EventLoop loop;

	private final ChannelOutput output;

	private final MessageConverter converter;

	private final FrameTraffic traffic;

	private final @Nullable MessageDeflater deflater;

	private @Nullable FrameSink first;

	private boolean ended;

	FrameSinks(EventLoop loop, ChannelOutput output, MessageConverter converter, FrameTraffic traffic,
			@Nullable MessageDeflater deflater) {
		this.loop = loop;
		this.output = output;
		this.converter = converter;
		this.traffic = traffic;
		this.deflater = deflater;
	}

	EventLoop loop() {
		return this.loop;
	}

	ChannelOutput output() {
		return this.output;
	}

	/**
	 * Adds a sink.
	 * @return false if nothing may be sent any more
	 */
	boolean add(FrameSink sink) {
		if (!this.ended) {
			sink.next(this.first);
			this.first = sink;
		}
		return !this.ended;
	}

	void remove(FrameSink sink) {
		if (this.first == sink) {
			this.first = sink.next();
			return;
		}
		for (FrameSink each = this.first; each != null; each = each.next()) {
			if (each.next() == sink) {
				each.next(sink.next());
			}
		}
	}

	/** The channel can be written to again. */
	void resume() {
		for (FrameSink each = this.first; each != null; each = each.next()) {
			each.resume();
		}
	}

	/** Completes all of them: nothing may be sent any more. */
	void end() {
		if (this.ended) {
			return;
		}
		this.ended = true;
		FrameSink ending = this.first;
		this.first = null;
		for (FrameSink each = ending; each != null; each = each.next()) {
			each.end();
		}
		if (this.deflater != null) {
			this.deflater.end();
		}
	}

	/**
	 * Writes a message.
	 * @param message what is sent, and released
	 * @throws IllegalArgumentException if it is a ping or pong of more than 125 bytes
	 */
	void write(WebSocketMessage message) {
		WebSocketFrame frame = this.converter.frame(message);
		this.traffic.sent(frame);
		this.output.write((this.deflater != null) ? this.deflater.deflated(frame) : frame);
	}

}
