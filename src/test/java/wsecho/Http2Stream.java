package wsecho;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;

/**
 * One stream of an HTTP/2 connection, as two streams of bytes: a WebSocket by extended
 * CONNECT (RFC 8441), or whatever else the header fields say.
 */
final class Http2Stream implements AutoCloseable {

	private static final byte[] END = {};

	private final Http2StreamChannel stream;

	private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

	private Http2Headers upgraded = new DefaultHttp2Headers();

	private final BlockingQueue<Http2Headers> response = new LinkedBlockingQueue<>();

	/**
	 * Opens a stream with a request.
	 * @param connection the connection that it is one of
	 * @param request its header fields
	 * @param end whether there is nothing after it (END_STREAM)
	 */
	Http2Stream(Channel connection, Http2Headers request, boolean end) throws Exception {
		this.stream = new Http2StreamChannelBootstrap(connection).handler(new StreamHandler()).open().get();
		this.stream.writeAndFlush(new DefaultHttp2HeadersFrame(request, end)).sync();
	}

	/**
	 * The header fields of a WebSocket handshake.
	 * @param path path and query
	 * @param fields further header lines
	 * @return the fields, to be changed as the test needs it
	 */
	static Http2Headers handshake(String path, String... fields) {
		Http2Headers headers = new DefaultHttp2Headers().method("CONNECT")
			.set(Http2Headers.PseudoHeaderName.PROTOCOL.value(), "websocket")
			.scheme("http")
			.path(path)
			.authority("localhost")
			.set("sec-websocket-version", "13");
		for (String field : fields) {
			int colon = field.indexOf(':');
			headers.add(field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
		}
		return headers;
	}

	/** The response's header fields. */
	Http2Headers response() throws Exception {
		Http2Headers headers = this.response.poll(20, TimeUnit.SECONDS);
		if (headers == null) {
			throw new IOException("no response within 20 s");
		}
		this.upgraded = headers;
		return headers;
	}

	/** The response's header fields, once more. */
	Http2Headers upgraded() {
		return this.upgraded;
	}

	InputStream in() {
		return new In();
	}

	OutputStream out() {
		return new Out();
	}

	/** Reads no more: what still comes is held back by its window. */
	void stopReading() {
		this.stream.config().setAutoRead(false);
	}

	/** Reads again. */
	void resumeReading() {
		this.stream.config().setAutoRead(true);
	}

	/** Resets the stream (RST_STREAM). */
	void reset() {
		this.stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL)).syncUninterruptibly();
	}

	@Override
	public void close() {
		this.stream.close().syncUninterruptibly();
	}

	private final class StreamHandler extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			boolean end = false;
			if (message instanceof Http2HeadersFrame headers) {
				Http2Stream.this.response.add(headers.headers());
				end = headers.isEndStream();
			}
			else if (message instanceof Http2DataFrame data) {
				Http2Stream.this.received.add(ByteBufUtil.getBytes(data.content()));
				end = data.isEndStream();
			}
			if (end) {
				Http2Stream.this.received.add(END);
			}
			ReferenceCountUtil.release(message);
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof Http2ResetFrame reset) {
				Http2Stream.this.received.add(new IOException("reset with " + reset.errorCode()));
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			Http2Stream.this.received.add(new IOException("gone"));
		}

	}

	private final class In extends InputStream {

		private byte[] current = END;

		private int position;

		private boolean ended;

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) == -1) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] to, int offset, int length) throws IOException {
			while (!this.ended && this.position == this.current.length) {
				this.current = next();
				this.position = 0;
				this.ended = this.current == END;
			}
			if (this.ended) {
				return -1;
			}
			int count = Math.min(length, this.current.length - this.position);
			System.arraycopy(this.current, this.position, to, offset, count);
			this.position += count;
			return count;
		}

		private byte[] next() throws IOException {
			try {
				Object next = Http2Stream.this.received.poll(20, TimeUnit.SECONDS);
				if (next instanceof byte[] bytes) {
					return bytes;
				}
				throw (next instanceof IOException failure) ? failure : new IOException("nothing within 20 s");
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new UncheckedIOException(new IOException(ex));
			}
		}

	}

	private final class Out extends OutputStream {

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			boolean written = Http2Stream.this.stream
				.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(bytes, offset, length), false))
				.awaitUninterruptibly(20, TimeUnit.SECONDS);
			if (!written) {
				throw new IOException("not written within 20 s");
			}
		}

		@Override
		public void close() {
			Http2Stream.this.stream.writeAndFlush(new DefaultHttp2DataFrame(true)).syncUninterruptibly();
		}

	}

}
