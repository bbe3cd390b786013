package wsecho.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** Says why a request was refused before it reached a handler. */
final class DecoderProblems {

	static final Problem VERSION = new Problem(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
			"The request line names a version of HTTP that this port does not speak; it must be HTTP/1.1.");

	static final Problem HOST = new Problem(HttpResponseStatus.BAD_REQUEST,
			"The field Host is missing or stands more than once; it must stand once (RFC 9112, 3.2).");

	static final Problem LINE_TOO_LONG = new Problem(HttpResponseStatus.REQUEST_URI_TOO_LONG,
			"The request line is longer than this server reads. "
					+ "The property server.netty.max-initial-line-length raises the limit (4KB by default).");

	static final Problem HEADER_TOO_LONG = new Problem(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
			"The header fields are longer than this server reads; large cookies are the usual cause. "
					+ "The property server.max-http-request-header-size raises the limit (8KB by default).");

	static final Problem TOO_MANY_FIELDS = new Problem(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
			"The request has too many header fields; it may have " + FewFields.MOST + ".");

	private static final int MAX_MESSAGE = 200;

	private DecoderProblems() {
	}

	/**
	 * The reason of a refusal.
	 * @param status the status that was chosen
	 * @param failure the decoder's, or null if another part refused the request
	 */
	static Problem of(HttpResponseStatus status, @Nullable Throwable failure) {
		if (failure instanceof RefusedRequestException refused) {
			return refused.problem();
		}
		if (failure instanceof TooLongHttpLineException) {
			return LINE_TOO_LONG;
		}
		if (failure instanceof TooLongHttpHeaderException) {
			return HEADER_TOO_LONG;
		}
		return new Problem(status, (failure != null) ? undecodable(failure) : unanswered(status));
	}

	private static String undecodable(Throwable failure) {
		return "The request is not valid HTTP/1.1 (%s). If a load balancer in front sends the PROXY protocol, "
			.formatted(shorten(String.valueOf(failure.getMessage())))
				+ "set wsecho.proxy-protocol to required; if it sends TLS to this port, it has to be told not to.";
	}

	private static String unanswered(HttpResponseStatus status) {
		if (status.equals(HttpResponseStatus.BAD_REQUEST)) {
			return "The request was refused before a handler saw it. Either its target or its Host field is not "
					+ "valid in a URI (RFC 3986; a percent sign must be followed by two hexadecimal digits), "
					+ "or its WebSocket handshake is incomplete.";
		}
		return status.reasonPhrase() + ".";
	}

	private static String shorten(String message) {
		return (message.length() <= MAX_MESSAGE) ? message : message.substring(0, MAX_MESSAGE) + "…";
	}

}
