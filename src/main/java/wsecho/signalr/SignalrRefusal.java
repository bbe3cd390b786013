package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import wsecho.handshake.Attempt;

/**
 * Why a request of a client's is refused. What it is told is what ASP.NET says; the
 * header fields and the report of the attempt say more.
 */
final class SignalrRefusal extends RuntimeException {

	/** Says what is wrong with the id. */
	static final String TOKEN = "X-Connection-Token";

	/** Says where the id was negotiated. */
	static final String NEGOTIATED_BY = "X-Negotiated-By";

	private static final long serialVersionUID = 1L;

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");

	private final int status;

	private final String body;

	private final transient Map<String, String> fields = new LinkedHashMap<>(2);

	private SignalrRefusal(int status, String body, String detail) {
		// without a stack trace: it is what a client does
		super(detail, null, false, false);
		this.status = status;
		this.body = body;
	}

	/** One that has no further explanation. */
	static SignalrRefusal of(int status, String body) {
		return new SignalrRefusal(status, body, body);
	}

	/**
	 * There is no such connection.
	 * @param verdict of the id, in a word
	 * @param detail the same in a sentence
	 */
	static SignalrRefusal unknown(String verdict, String detail) {
		return new SignalrRefusal(404, "No Connection with that ID", detail).with(TOKEN, verdict);
	}

	/**
	 * Another instance has negotiated the connection.
	 * @param other where it was, as the client's token says
	 * @param pod where it has come now
	 */
	static SignalrRefusal otherInstance(String other, String pod) {
		String name = HOST.matcher(other).matches() ? other : "another";
		return unknown("other-instance",
				"Negotiated with instance " + name + ", connected to " + pod
						+ (name.equals(pod) ? ", which has been started anew since." : ".")
						+ " SignalR needs affinity, or clients that skip the negotiation.")
			.with(NEGOTIATED_BY, name);
	}

	SignalrRefusal with(String field, String value) {
		this.fields.put(field, value);
		return this;
	}

	int status() {
		return this.status;
	}

	/** Answers a request with it. */
	Mono<Void> answer(ServerWebExchange exchange) {
		Attempt.refused(exchange, getMessage());
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatusCode.valueOf(this.status));
		HttpHeaders headers = response.getHeaders();
		headers.set(HttpHeaders.CONTENT_TYPE, "text/plain");
		headers.setCacheControl("no-store");
		this.fields.forEach(headers::set);
		return response.writeWith(
				Mono.fromSupplier(() -> response.bufferFactory().wrap(this.body.getBytes(StandardCharsets.UTF_8))));
	}

}
