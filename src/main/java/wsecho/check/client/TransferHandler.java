package wsecho.check.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ResetFrame;
import org.jspecify.annotations.Nullable;
import wsecho.check.table.Facts;

/** Receives a response as it comes. */
final class TransferHandler extends SimpleChannelInboundHandler<HttpObject> {

	// of what a piece may become
	private static final int MAX_INFLATED = 1 << 20;

	private final Transfer transfer;

	private final int version;

	private boolean answered;

	private TransferHandler(Transfer transfer, int version) {
		this.transfer = transfer;
		this.version = version;
	}

	/**
	 * Adds it, and what undoes compression before it.
	 * @param pipeline has a codec of HTTP
	 * @param transfer is told
	 * @param version 1 for HTTP/1.1, 2 for HTTP/2
	 */
	static void addTo(ChannelPipeline pipeline, Transfer transfer, int version) {
		pipeline.addLast(new HttpContentDecompressor(MAX_INFLATED) {
			@Override
			protected @Nullable EmbeddedChannel newContentDecoder(String encoding) throws Exception {
				EmbeddedChannel decoder = super.newContentDecoder(encoding);
				if (decoder != null) {
					transfer.encoded(encoding);
				}
				return decoder;
			}
		}, new TransferHandler(transfer, version));
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, HttpObject msg) throws IOException {
		if (msg.decoderResult().isFailure()) {
			throw new IOException("what answered does not speak HTTP", msg.decoderResult().cause());
		}
		if (msg instanceof HttpResponse response) {
			this.answered = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
			if (this.answered) {
				this.transfer
					.answered(new Answer(this.version, response.status().code(), response.headers(), "", new Facts()));
			}
		}
		if (msg instanceof HttpContent content && content.content().isReadable()) {
			this.transfer.received(content.content().toString(StandardCharsets.ISO_8859_1));
		}
		if (msg instanceof LastHttpContent && this.answered) {
			this.transfer.ended(Transfer.BODY, false);
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof Http2ResetFrame) {
			this.transfer.ended(Transfer.DROP, true);
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.transfer.ended(Transfer.DROP, false);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.transfer.ended(Transfer.DROP, cause instanceof IOException);
		ctx.close();
	}

}
