package wsecho.websocket;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import wsecho.websocket.codec.ProtocolViolation;
import wsecho.websocket.deflate.Compression;
import wsecho.websocket.deflate.MessageDeflater;

/**
 * The session's end of the channel, the last handler that sees frames. It reads when the
 * session wants more and the channel can be written to, writes what the session sends,
 * and flushes once a turn. All but {@link #execute} is called in the event loop.
 */
public final class ChannelEnd extends ChannelInboundHandlerAdapter implements OpenSession {

	private static final Logger LOG = LoggerFactory.getLogger(ChannelEnd.class);

	private final Channel channel;

	private final MessageConverter messages;

	private final Traffic traffic;

	private final FrameSinks senders = new FrameSinks();

	private final FrameSource inbound;

	private final ClosingHandshake closing;

	private final SessionListener life;

	private final SessionOptions options;

	private final boolean pongsWithheld;

	private final @Nullable MessageDeflater deflater;

	@SuppressWarnings("NullAway.Init")
	private ChannelHandlerContext context;

	private boolean reading;

	private boolean unflushed;

	private @Nullable Throwable failure;

	private long lastRead = System.nanoTime();

	/** When the unanswered ping was sent that is also its payload, or 0. */
	private long pinged;

	public ChannelEnd(Channel channel, @Nullable Compression compression, SessionOptions options,
			SessionListener life) {
		this.life = life;
		this.options = options;
		this.pongsWithheld = options.withheld().contains(SessionOptions.Withheld.PONG);
		this.channel = channel;
		this.messages = new MessageConverter(channel.alloc());
		this.traffic = new Traffic(options.messageLimit());
		this.inbound = new FrameSource(this, (compression != null) ? compression.inflater(channel.alloc()) : null);
		this.deflater = (compression != null) ? compression.deflater(channel.alloc()) : null;
		this.closing = new ClosingHandshake(this, this.inbound, options);
	}

	Channel channel() {
		return this.channel;
	}

	MessageConverter messages() {
		return this.messages;
	}

	FrameSinks senders() {
		return this.senders;
	}

	FrameSource inbound() {
		return this.inbound;
	}

	ClosingHandshake closing() {
		return this.closing;
	}

	@Override
	public Traffic traffic() {
		return this.traffic;
	}

	@Override
	public boolean isClientAwaited() {
		return !this.closing.isMute() && (!isWritable() || !this.inbound.isHeldOff());
	}

	@Override
	public long lastHeard() {
		return this.lastRead;
	}

	@Override
	public void ping(Runnable written) {
		execute(() -> {
			if (!this.closing.hasBegun()) {
				this.pinged = System.nanoTime();
				write(new PingWebSocketFrame(this.channel.alloc().buffer(Long.BYTES).writeLong(this.pinged)));
				whenWritten(written);
			}
		});
	}

	@Override
	public Disposable schedule(Runnable task, Duration delay) {
		ScheduledFuture<?> scheduled = this.channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
		return () -> scheduled.cancel(false);
	}

	@Override
	public void goAway(CloseStatus reason, Duration patience) {
		execute(() -> this.closing.goAway(reason));
	}

	@Override
	public void giveUp(SessionEnd ending) {
		execute(() -> this.closing.giveUp(ending));
	}

	boolean inEventLoop() {
		return this.channel.eventLoop().inEventLoop();
	}

	/** Runs a task in the event loop: now, if this is it. */
	void execute(Runnable task) {
		if (inEventLoop()) {
			task.run();
		}
		else {
			this.channel.eventLoop().execute(task);
		}
	}

	/** Runs a task in the event loop, after what waits there. */
	void later(Runnable task) {
		this.channel.eventLoop().execute(task);
	}

	/**
	 * Runs a task in the event loop, after the other channels had their turn. What is
	 * only put behind the tasks that wait there can keep Netty from the channels for a
	 * second.
	 */
	void nextTurn(Runnable task) {
		this.channel.eventLoop().schedule(task, 1, TimeUnit.NANOSECONDS);
	}

	ScheduledFuture<?> limit(Runnable task, Duration delay) {
		return this.channel.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		if (!this.channel.isActive()) {
			this.life.ended(SessionEnd.LOST);
		}
		this.channel.config().setAutoRead(false);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.reading = true;
		if (message instanceof PongWebSocketFrame pong && !isAnswer(pong)) {
			pong.release();
		}
		else if (message instanceof WebSocketFrame || message instanceof ProtocolViolation) {
			this.inbound.accept(message);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.reading = false;
		this.lastRead = System.nanoTime();
		flush();
		readIfWanted();
		context.fireChannelReadComplete();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (isWritable()) {
			this.senders.resume();
			this.inbound.drain();
		}
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.closing.gone(broke() ? SessionEnd.LOST : SessionEnd.CUT);
		this.inbound.end(this.failure);
		this.senders.end();
		if (this.deflater != null) {
			this.deflater.end();
		}
		this.life.ended(this.closing.ending());
		context.fireChannelInactive();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event == ChannelInputShutdownEvent.INSTANCE) {
			this.closing.ended();
		}
		context.fireUserEventTriggered(event);
	}

	// what fails is the network, mostly, and the session ends with it; anything else is
	// our fault
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.failure = cause;
		if (!(cause instanceof IOException || cause.getCause() instanceof IOException)) {
			LOG.error("A session failed", cause);
		}
		context.close();
	}

	// a stream whose client has ended it has said so before
	private boolean broke() {
		return this.failure != null || this.channel instanceof Http2StreamChannel;
	}

	/** Reads once more if the session wants that and no read is under way. */
	void readIfWanted() {
		if (!this.reading && this.inbound.wantsMore() && !this.closing.holdsReads()
				&& (this.closing.hasBegun() || isWritable())) {
			this.context.read();
		}
	}

	boolean isWritable() {
		return this.channel.isWritable();
	}

	/**
	 * Whether the channel can take more, after all that was written is flushed if need
	 * be.
	 */
	boolean makeWritable() {
		if (!isWritable()) {
			flush();
		}
		return isWritable();
	}

	boolean isControl(Object frame) {
		return frame instanceof PingWebSocketFrame || frame instanceof CloseWebSocketFrame
				|| frame instanceof ProtocolViolation;
	}

	/**
	 * Deals with a control frame whose turn has come, or with what the client did wrong.
	 */
	void control(Object frame) {
		if (frame instanceof PingWebSocketFrame ping) {
			answer(ping);
		}
		else if (frame instanceof CloseWebSocketFrame close) {
			this.closing.received(close);
		}
		else {
			this.closing.violated((ProtocolViolation) frame);
		}
	}

	private void answer(PingWebSocketFrame ping) {
		if (this.pongsWithheld) {
			ping.release();
		}
		else {
			sendUnlessClosed(new PongWebSocketFrame(ping.content()));
		}
	}

	/**
	 * Counts a frame of a message.
	 * @return whether the message is not too big with it; if it is, the session ends
	 */
	boolean admits(WebSocketFrame frame) {
		if (frame instanceof PongWebSocketFrame) {
			return true;
		}
		boolean admitted = this.traffic.received(frame);
		if (!admitted) {
			this.closing.violated(ProtocolViolation.tooBig(this.options.messageLimit()));
		}
		return admitted;
	}

	/**
	 * Writes a message, or drops it if this end's Close has been written.
	 * @param message what is sent, and released
	 * @throws IllegalArgumentException if it is a ping or pong of more than 125 bytes
	 */
	void write(WebSocketMessage message) {
		sendUnlessClosed(this.messages.frame(message));
	}

	private void sendUnlessClosed(WebSocketFrame frame) {
		if (this.closing.isClosed()) {
			frame.release();
			return;
		}
		if (isData(frame)) {
			this.traffic.sent(frame);
		}
		if (this.deflater != null && this.deflater.appliesTo(frame)) {
			write(this.deflater.deflate(frame));
		}
		else {
			write(frame);
		}
	}

	/** Writes a frame; it is flushed at the end of the turn. */
	void write(WebSocketFrame frame) {
		this.context.write(frame, this.context.voidPromise());
		if (!this.reading && !this.unflushed) {
			later(this::flush);
		}
		this.unflushed = true;
	}

	/** Flushes, and runs a task when all that was written has gone to the network. */
	void whenWritten(Runnable task) {
		this.unflushed = false;
		this.context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> task.run());
	}

	/** Ends this direction; the other stays open until the client ends it. */
	void endOutput() {
		SslHandler tls = this.channel.pipeline().get(SslHandler.class);
		if (this.channel instanceof Http2StreamChannel) {
			this.context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, this.context.voidPromise());
		}
		else if (tls != null) {
			tls.closeOutbound();
		}
		else {
			((DuplexChannel) this.channel).shutdownOutput();
		}
		readIfWanted();
	}

	void closeChannel() {
		this.context.close();
	}

	/**
	 * Resets the connection, or its stream; Netty resets a stream that is closed before
	 * both directions have ended (RFC 8441, 5: CANCEL).
	 */
	void abort() {
		if (this.channel instanceof SocketChannel) {
			// RST instead of FIN, and past TLS, which would say farewell
			this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
			this.channel.unsafe().close(this.channel.unsafe().voidPromise());
		}
		else {
			closeChannel();
		}
	}

	private void flush() {
		if (this.unflushed) {
			this.unflushed = false;
			this.context.flush();
		}
	}

	private static boolean isData(WebSocketFrame frame) {
		return !(frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame);
	}

	private boolean isAnswer(PongWebSocketFrame pong) {
		ByteBuf payload = pong.content();
		if (this.pinged != 0 && payload.readableBytes() == Long.BYTES
				&& payload.getLong(payload.readerIndex()) == this.pinged) {
			this.life.pongReceived(System.nanoTime() - this.pinged);
			this.pinged = 0;
			return false;
		}
		return this.messages.isAnswer(pong);
	}

}
