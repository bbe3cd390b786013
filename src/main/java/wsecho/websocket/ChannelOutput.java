package wsecho.websocket;

import java.util.Objects;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing direction of a session's channel. What is written is flushed once a turn:
 * at the end of the read that it answers, or after the tasks that wait in the event loop.
 */
final class ChannelOutput {

	private final Channel channel;

	private @Nullable ChannelHandlerContext context;

	/** Whether a read is under way, at whose end all is flushed. */
	private boolean reading;

	private boolean unflushed;

	ChannelOutput(Channel channel) {
		this.channel = channel;
	}

	/** The channel can be written to from now on. */
	void open(ChannelHandlerContext context) {
		this.context = context;
	}

	boolean isWritable() {
		return this.channel.isWritable();
	}

	/** Whether anything waits until the network takes it. */
	boolean isPending() {
		return this.channel.bytesBeforeUnwritable() < this.channel.config().getWriteBufferHighWaterMark();
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
		this.unflushed = false;
		context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> task.run());
	}

	/** Ends this direction; the other stays open until the client ends it. */
	void end() {
		SslHandler tls = this.channel.pipeline().get(SslHandler.class);
		if (this.channel instanceof Http2StreamChannel) {
			context().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, context().voidPromise());
		}
		else if (tls != null) {
			tls.closeOutbound();
		}
		else {
			((DuplexChannel) this.channel).shutdownOutput();
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

	/**
	 * Resets the connection, or its stream; Netty resets a stream that is closed before
	 * both directions have ended (RFC 8441, 5: CANCEL).
	 */
	void reset() {
		if (this.channel instanceof SocketChannel) {
			// RST instead of FIN, and past TLS, which would say farewell
			this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
			this.channel.unsafe().close(this.channel.unsafe().voidPromise());
		}
		else {
			close();
		}
	}

	private void flush() {
		if (this.unflushed) {
			this.unflushed = false;
			context().flush();
		}
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.context);
	}

}
