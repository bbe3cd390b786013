package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import wsecho.handshake.SessionTransport;
import wsecho.http.SessionResponses;
import wsecho.scenario.Refuse;
import wsecho.scenario.parameter.Query;
import wsecho.scenario.parameter.SignalrParameters;
import wsecho.signalr.protocol.JsonValue;

/**
 * Answers negotiations, of which nothing is kept: the token that the client gets is all
 * there is to know.
 *
 * @param hub what it has in common with other requests
 * @param responses holds the answers that are to be delayed
 */
record NegotiateHandler(SignalrHub hub, SessionResponses responses) implements WebHandler {

	/** The latest version that there is. */
	private static final int LATEST = 1;

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return Mono.defer(() -> answer(exchange));
	}

	private Mono<Void> answer(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		if (!request.getMethod().equals(HttpMethod.POST)) {
			throw SignalrRefusal.of(405, "");
		}
		this.responses.admission().requireOrigin(request);
		this.responses.admission().requireOpen();
		Query query = new Query(request.getURI().getRawQuery(), (name) -> "");
		SignalrParameters.Hub asked = this.hub.parameters().ofRequest(query);
		SignalrParameters.Refusal refusal = this.hub.parameters().refusal(query);
		query.requireNoFaults();
		Mono<String> body = Mono.fromSupplier(() -> body(request, query, asked, refusal));
		return refusal.delay().isZero() ? body.flatMap((text) -> write(exchange, text))
				: this.responses.open(exchange, SessionTransport.HOLD, null,
						new HeldNegotiation(refusal.delay(), body, asked.plainOptions()), query.ignored());
	}

	private String body(ServerHttpRequest request, Query query, SignalrParameters.Hub asked,
			SignalrParameters.Refusal refusal) {
		if (refusal.status() != null) {
			throw new Refuse(refusal.status(), refusal.retryAfter(), null).refusal();
		}
		String version = query.text("negotiateVersion");
		String error = error(version);
		return (error != null) ? "{\"error\":" + JsonValue.ofString(error) + "}"
				: offer(request, asked, (version != null) ? Math.min(LATEST, Integer.parseInt(version)) : 0);
	}

	private static @Nullable String error(@Nullable String version) {
		try {
			return (version == null || Integer.parseInt(version) >= 0) ? null : "The client requested version '"
					+ Integer.parseInt(version) + "', but the server does not support this version.";
		}
		catch (NumberFormatException ex) {
			return "The client requested a non-integer protocol version.";
		}
	}

	// in version 0 the token is the id; in version 1 the id is public
	private String offer(ServerHttpRequest request, SignalrParameters.Hub asked, int version) {
		ConnectionToken token = this.hub.tokens().issue(request, version);
		String secret = this.hub.tokens().write(token);
		String ids = (version == 0) ? "\"connectionId\":\"" + secret + "\""
				: "\"connectionId\":\"" + token.id() + "\",\"connectionToken\":\"" + secret + "\"";
		return "{\"negotiateVersion\":%d,%s,\"availableTransports\":[%s]}".formatted(version, ids,
				SignalrParameters.TRANSPORTS.entrySet()
					.stream()
					.filter((each) -> asked.transports().contains(each.getValue()))
					.map((each) -> transport(each.getKey(), each.getValue()))
					.collect(Collectors.joining(",")));
	}

	private static String transport(String name, SessionTransport transport) {
		return "{\"transport\":\"" + name + "\",\"transferFormats\":["
				+ ((transport == SessionTransport.SIGNALR_EVENTS) ? "\"Text\"" : "\"Text\",\"Binary\"") + "]}";
	}

	private static Mono<Void> write(ServerWebExchange exchange, String text) {
		ServerHttpResponse response = exchange.getResponse();
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		response.getHeaders().setCacheControl("no-store");
		response.getHeaders().set("X-Content-Type-Options", "nosniff");
		DataBuffer body = response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8));
		response.getHeaders().setContentLength(body.readableByteCount());
		return response.writeWith(Mono.just(body));
	}

}
