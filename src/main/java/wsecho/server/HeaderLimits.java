package wsecho.server;

import java.util.Map;

import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * How long the header of a request may be. Netty's decoder for HTTP/1.1 holds requests to
 * it, and to {@link FewFields}; the one for HTTP/2 would refuse them with an empty body,
 * and reads more.
 *
 * @param line the request line, of HTTP/2 {@code :path}, in bytes
 * @param fields the header fields, in bytes as HTTP/1.1 has them
 */
record HeaderLimits(long line, long fields) {

	// a colon, a space and the end of the line
	private static final int FIELD_OVERHEAD = 4;

	/**
	 * What the decoder for HTTP/2 reads, and announces (SETTINGS_MAX_HEADER_LIST_SIZE;
	 * RFC 9113, 6.5.2): up to there a refusal can be explained.
	 */
	long headerList() {
		return 4 * this.fields;
	}

	/** What is wrong with a request over HTTP/2, or null. */
	@Nullable Problem check(Http2Headers headers) {
		CharSequence path = headers.path();
		int pathLength = (path != null) ? path.length() : 0;
		if (pathLength > this.line) {
			return DecoderProblems.LINE_TOO_LONG;
		}
		if (headers.size() > FewFields.MOST) {
			return DecoderProblems.TOO_MANY_FIELDS;
		}
		return (size(headers) - pathLength > this.fields) ? DecoderProblems.HEADER_TOO_LONG : null;
	}

	private static long size(Http2Headers headers) {
		long size = 0;
		for (Map.Entry<CharSequence, CharSequence> field : headers) {
			size += field.getKey().length() + field.getValue().length() + FIELD_OVERHEAD;
		}
		return size;
	}

}
