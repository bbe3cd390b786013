package wsecho.server;

import java.io.Serial;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import reactor.netty.http.server.HttpRequestDecoderSpec;

/**
 * Header fields, no more than a request may have. Netty limits their length alone, and
 * fields of a few bytes take thirty times as much memory as they came in.
 */
final class FewFields extends DefaultHttpHeaders {

	/** How many a request may have. */
	static final int MOST = 100;

	@Serial
	private static final long serialVersionUID = 1L;

	private FewFields(DefaultHttpHeadersFactory validators) {
		super(validators.getNameValidator(), validators.getValueValidator());
	}

	/**
	 * The configuration of a decoder of HTTP/1.1 that reads no more of them.
	 * @param limits its other limits
	 */
	static HttpDecoderConfig decoder(HttpRequestDecoderSpec limits) {
		return new HttpDecoderConfig().setMaxInitialLineLength(limits.maxInitialLineLength())
			.setMaxHeaderSize(limits.maxHeaderSize())
			.setInitialBufferSize(limits.initialBufferSize())
			.setAllowDuplicateContentLengths(limits.allowDuplicateContentLengths())
			.setAllowPartialChunks(limits.allowPartialChunks())
			.setHeadersFactory(new Factory(DefaultHttpHeadersFactory.headersFactory()))
			.setTrailersFactory(new Factory(DefaultHttpHeadersFactory.trailersFactory()));
	}

	// the decoder adds each field by this
	@Override
	public HttpHeaders add(CharSequence name, Object value) {
		if (size() == MOST) {
			throw new RefusedRequestException(DecoderProblems.TOO_MANY_FIELDS);
		}
		return super.add(name, value);
	}

	private record Factory(DefaultHttpHeadersFactory validators) implements HttpHeadersFactory {

		@Override
		public HttpHeaders newHeaders() {
			return new FewFields(this.validators);
		}

		@Override
		public HttpHeaders newEmptyHeaders() {
			return this.validators.newEmptyHeaders();
		}

	}

}
