package wsecho.websocket;

import java.util.Objects;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing direction of a session's channel. What is written is flushed once a turn:
 * at the end of the read that it answers, or after the tasks that wait in the event loop.
 */
final class ChannelOutput {

	private final Channel channel;

	private final HeldMemory held;

	private final FrameTraffic traffic;

	private @Nullable ChannelHandlerContext context;

	private @Nullable OutboundEvents events;

	/** Whether a read is under way, at whose end all is flushed. */
	private boolean reading;

	private boolean unflushed;

	/** Whether it is waited for that all is taken, while memory is tight. */
	private boolean awaited;

	ChannelOutput(Channel channel, HeldMemory held, FrameTraffic traffic) {
		this.channel = channel;
		this.held = held;
		this.traffic = traffic;
	}

	/**
	 * The channel can be written to from now on.
	 * @param context where to
	 * @param events is told of it
	 */
	void open(ChannelHandlerContext context, OutboundEvents events) {
		this.context = context;
		this.events = events;
	}

	/**
	 * Whether more may be written: while memory is tight, not before the network has
	 * taken all that was.
	 */
	boolean isWritable() {
		if (!this.channel.isWritable()) {
			return false;
		}
		if (this.held.isTight() && isPending()) {
			awaitNetwork();
			return false;
		}
		return true;
	}

	/** Whether anything waits until the network takes it. */
	boolean isPending() {
		return pending() > 0;
	}

	/** How much waits until the network takes it, in bytes. */
	long pending() {
		return Outgoing.pending(this.channel);
	}

	/** Whether the channel can take more, after all is flushed if need be. */
	boolean makeWritable() {
		if (!isWritable()) {
			flush();
		}
		return isWritable();
	}

	boolean isReading() {
		return this.reading;
	}

	/** A read begins: what is written until it ends is flushed then. */
	void readBegins() {
		this.reading = true;
	}

	void readEnds() {
		this.reading = false;
		flush();
	}

	/** Writes a frame, which is flushed at the end of the turn. */
	void write(WebSocketFrame frame) {
		context().write(frame, context().voidPromise());
		if (!this.reading && !this.unflushed) {
			this.channel.eventLoop().execute(this::flush);
		}
		this.unflushed = true;
	}

	/** Flushes, and runs a task when all that was written has gone to the network. */
	void whenWritten(Runnable task) {
		boolean sends = sends();
		context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> task.run());
		if (sends) {
			events().flushed();
		}
	}

	/** Ends this direction; the other stays open until the client ends it. */
	void end() {
		if (this.channel instanceof Http2StreamChannel) {
			context().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, context().voidPromise());
		}
		else {
			Outgoing.end(this.channel);
		}
	}

	/** Ends this direction, after the client has ended the other. */
	void endLast() {
		if (this.channel instanceof Http2StreamChannel) {
			end();
		}
		else {
			close();
		}
	}

	/** Both directions have ended; a stream of HTTP/2 closes itself then. */
	void closeEnded() {
		if (!(this.channel instanceof Http2StreamChannel)) {
			close();
		}
	}

	/** Closes the connection, or its stream. */
	void close() {
		this.channel.close();
	}

	/** Resets the connection, or its stream (RFC 8441, 5: CANCEL). */
	void reset() {
		Outgoing.reset(this.channel);
	}

	private void flush() {
		if (sends()) {
			context().flush();
			events().flushed();
		}
	}

	/** Whether anything waits for the flush that follows now. */
	private boolean sends() {
		boolean sends = this.unflushed;
		if (sends) {
			this.unflushed = false;
			this.traffic.told();
		}
		return sends;
	}

	// in a turn of its own: the network may take all of it at once
	private void awaitNetwork() {
		if (!this.awaited) {
			this.awaited = true;
			whenWritten(() -> this.channel.eventLoop().execute(this::taken));
		}
	}

	private void taken() {
		this.awaited = false;
		if (this.channel.isActive()) {
			events().writable();
		}
	}

	private OutboundEvents events() {
		return Objects.requireNonNull(this.events);
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.context);
	}

}
