package wsecho.server;

import java.util.List;
import java.util.function.IntConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Tells a client that speaks HTTP without TLS to a port with TLS what is wrong. */
final class PlainTextOnTls extends ByteToMessageDecoder {

	private static final Problem PROBLEM = new Problem(HttpResponseStatus.BAD_REQUEST,
			"This port speaks TLS, and the request came without. Connect with https or wss; "
					+ "a proxy in front has to be told to speak TLS to its upstream.");

	private final IntConsumer refused;

	private boolean answered;

	PlainTextOnTls(IntConsumer refused) {
		this.refused = refused;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		if (!this.answered && !isLetter(in.getByte(in.readerIndex()))) {
			context.pipeline().remove(this);
			return;
		}
		in.skipBytes(in.readableBytes());
		if (!this.answered) {
			this.answered = true;
			this.refused.accept(PROBLEM.status().code());
			// from here it passes no TLS handler
			context.writeAndFlush(PROBLEM.lastResponse()).addListener(ChannelFutureListener.CLOSE);
		}
	}

	// a method begins so, and no record of TLS does (RFC 8446, 5.1)
	private static boolean isLetter(byte first) {
		return first >= 'A' && first <= 'Z';
	}

}
