package wsecho.handshake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;

/**
 * Stops reading while the answer to a handshake is held. A client has to wait for it (RFC
 * 6455, 4.1): what it sends along with the handshake fails it, and over HTTP/2 what it
 * sends later does too. Over HTTP/1.1 that stays in the kernel.
 */
final class HeldAnswer extends ChannelInboundHandlerAdapter {

	/** Its name in the pipeline, where it stays until the connection is upgraded. */
	static final String NAME = "wsecho.held";

	/** Ends the wait when a request follows. */
	private final Sinks.Empty<Void> early = Sinks.empty();

	private boolean isEarly;

	private HeldAnswer() {
	}

	/**
	 * Holds the answer.
	 * @param channel the connection, or a stream of one, that has just handed on the
	 * handshake
	 * @param gate what the answer waits for
	 * @return ends as the gate does, in the event loop; fails with a
	 * {@link HandshakeRefusal} if the client does not wait
	 */
	static Mono<Void> until(Mono<Void> gate, Channel channel) {
		HeldAnswer held = new HeldAnswer();
		held.begin(channel);
		return Mono.firstWithSignal(gate, held.early.asMono())
			.publishOn(Schedulers.fromExecutor(channel.eventLoop()))
			.onErrorComplete((failure) -> held.isEarly)
			.then(Mono.defer(held::requireNothingEarly))
			.doOnSuccess((none) -> pass(channel))
			.doOnError((failure) -> end(channel));
	}

	private void begin(Channel channel) {
		channel.config().setAutoRead(false);
		ChannelHandlerContext codec = (channel instanceof Http2StreamChannel)
				? channel.pipeline().context(NettyPipeline.H2ToHttp11Codec)
				: channel.pipeline().context(HttpServerCodec.class);
		if (codec != null) {
			channel.pipeline().addAfter(codec.name(), NAME, this);
		}
	}

	// what comes in a stream from here on is the session's, which waits for the answer
	private static void pass(Channel channel) {
		if (channel instanceof Http2StreamChannel) {
			remove(channel);
		}
	}

	private static void end(Channel channel) {
		remove(channel);
		channel.config().setAutoRead(true);
	}

	private static void remove(Channel channel) {
		if (channel.pipeline().get(NAME) != null) {
			channel.pipeline().remove(NAME);
		}
	}

	private Mono<Void> requireNothingEarly() {
		return this.isEarly ? Mono.error(HandshakeRefusal
			.badRequest("Something follows the handshake; a client must wait for the answer (RFC 6455, 4.1).")
			.closing()) : Mono.empty();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message == LastHttpContent.EMPTY_LAST_CONTENT && !this.isEarly) {
			context.fireChannelRead(message);
			// Reactor Netty turns it on when the request is whole
			context.channel().config().setAutoRead(false);
		}
		else {
			ReferenceCountUtil.release(message);
			fail(context, message);
		}
	}

	// bytes that are no request stay in HTTP's decoder, which skips control characters,
	// until the 101 is written: they cannot be relied on as frames
	private void fail(ChannelHandlerContext context, Object message) {
		this.isEarly = true;
		if (message instanceof ByteBuf) {
			context.executor().execute(context::close);
		}
		else {
			this.early.tryEmitEmpty();
		}
	}

}
