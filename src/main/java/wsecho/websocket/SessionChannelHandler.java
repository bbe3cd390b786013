package wsecho.websocket;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.SessionOptions.Withheld;
import wsecho.websocket.codec.FrameDecoder;
import wsecho.websocket.codec.ProtocolViolation;
import wsecho.websocket.deflate.Compression;

/**
 * The session's end of the channel, the last handler that sees its bytes: it passes what
 * happens in the channel to the parts of the session.
 */
final class SessionChannelHandler extends ChannelInboundHandlerAdapter implements InboundEvents, OutboundEvents {

	private static final Logger LOG = LoggerFactory.getLogger(SessionChannelHandler.class);

	private final SessionListener listener;

	private final boolean pongsWithheld;

	private final MessageConverter converter;

	private final HeldMemory held;

	private final ChannelOutput output;

	private final FrameSource source;

	private final FrameSinks sinks;

	private final ClosingHandshake closing;

	private final ChannelInput input;

	private final LiveSession live;

	private @Nullable Throwable failure;

	SessionChannelHandler(Channel channel, @Nullable Compression compression, SessionOptions options,
			SessionListener listener, MemoryBudget memory) {
		this.listener = listener;
		this.pongsWithheld = options.withholds(Withheld.PONG);
		this.converter = new MessageConverter(channel.alloc());
		this.held = new HeldMemory(memory);
		FrameDecoder decoder = new FrameDecoder(channel.alloc(), true, compression != null, options.messageLimit());
		FrameTraffic traffic = new FrameTraffic(decoder.frames());
		this.output = new ChannelOutput(channel, this.held, traffic);
		IncomingFrames frames = new IncomingFrames(decoder,
				(compression != null) ? compression.inflater(channel.alloc(), options.messageLimit()) : null);
		this.source = new FrameSource(channel.eventLoop(), frames, this.converter, traffic, this);
		this.sinks = new FrameSinks(channel.eventLoop(), this.output, this.converter, traffic,
				(compression != null) ? compression.deflater(channel.alloc()) : null);
		this.closing = new ClosingHandshake(channel.eventLoop(), this.output, this.source, this.sinks, options);
		this.input = new ChannelInput(channel, frames, this.source, this.output, this.closing, this.held);
		this.live = new LiveSession(channel, this.output, this.source, this.closing, traffic, this.held);
	}

	HeldMemory held() {
		return this.held;
	}

	MessageConverter converter() {
		return this.converter;
	}

	FrameSource source() {
		return this.source;
	}

	FrameSinks sinks() {
		return this.sinks;
	}

	ClosingHandshake closing() {
		return this.closing;
	}

	OpenSession live() {
		return this.live;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.input.open(context);
		this.output.open(context, this);
		if (!context.channel().isActive()) {
			ended(SessionEnd.LOST);
		}
		context.channel().config().setAutoRead(false);
		// the client's FIN ends its direction alone: it is still sent what it is owed
		context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf read) {
			this.output.readBegins();
			this.live.heard();
			this.source.feed(read);
		}
		else if (message instanceof HttpRequest) {
			// HTTP's decoder stays when the 101 cannot be written, and takes frames for
			// requests
			ReferenceCountUtil.release(message);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.output.readEnds();
		this.input.readIfWanted();
		context.fireChannelReadComplete();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (this.output.isWritable()) {
			writable();
		}
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event == ChannelInputShutdownEvent.INSTANCE || event == SslCloseCompletionEvent.SUCCESS) {
			this.source.inputEnded();
		}
		else if (event != ChannelInputShutdownReadComplete.INSTANCE) {
			context.fireUserEventTriggered(event);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		ended(SessionEnd.LOST);
		context.fireChannelInactive();
	}

	// what fails is the network, mostly, and the session ends with it; anything else is
	// our fault
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.failure = cause;
		if (!(cause instanceof IOException || cause.getCause() instanceof IOException || isReset(context.channel()))) {
			LOG.error("A session failed", cause);
		}
		context.close();
	}

	// Netty lets a write to a stream fail that the client has just reset
	private static boolean isReset(Channel channel) {
		return channel instanceof Http2StreamChannel stream && !ConnectionWindow.knows(stream);
	}

	private void ended(SessionEnd end) {
		this.closing.channelClosed(end);
		this.source.end(this.failure);
		this.sinks.end();
		this.held.end();
		this.listener.ended(this.closing.outcome().end());
	}

	@Override
	public boolean ping(PingWebSocketFrame ping) {
		boolean sending = this.closing.state().isSending();
		if (sending && !this.output.isWritable()) {
			return false;
		}
		if (this.pongsWithheld || !sending) {
			ping.release();
		}
		else {
			this.output.write(new PongWebSocketFrame(ping.content()));
		}
		return true;
	}

	@Override
	public boolean pong(PongWebSocketFrame pong) {
		long roundTrip = this.live.ponged(pong);
		if (roundTrip >= 0) {
			this.listener.pongReceived(roundTrip);
		}
		return roundTrip < 0 && this.converter.isAnswer(pong);
	}

	@Override
	public void close(CloseWebSocketFrame close) {
		this.closing.received(close);
	}

	@Override
	public void violated(ProtocolViolation violation) {
		this.closing.violated(violation);
	}

	@Override
	public void inputEnded() {
		this.closing.inputEnded();
	}

	@Override
	public void drained() {
		this.input.readIfWanted();
	}

	@Override
	public void flushed() {
		this.input.account();
	}

	@Override
	public void writable() {
		this.sinks.resume();
		this.source.drain();
	}

}
