package wsecho.handshake;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakeException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;

/** The server's side of the opening handshake (RFC 6455, 4.2): refuses, or upgrades. */
final class ServerHandshake implements WebSocketService {

	private final SessionAdmission admission;

	private final SessionDefaults defaults;

	ServerHandshake(SessionAdmission admission, SessionDefaults defaults) {
		this.admission = admission;
		this.defaults = defaults;
	}

	/**
	 * Opens a session.
	 * @param exchange the request
	 * @param handler handles the session; a {@link NegotiatingHandler} negotiates it
	 * first
	 * @return completes when the session is open; fails with a {@link HandshakeRefusal}
	 * if there is to be none
	 */
	@Override
	public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
		return Mono.defer(() -> {
			OpeningHandshake opening = OpeningHandshake.of(exchange);
			Negotiation negotiation = negotiate(opening, handler);
			SessionListener listener = this.admission.admit(exchange.getRequest(), opening.httpVersion(), negotiation);
			AdmittedChannel.mark(opening.channel(), true);
			return gate(negotiation.gate(), opening)
				.then(Mono.defer(() -> upgrade(exchange, opening, negotiation, listener)))
				.doOnError((failure) -> {
					AdmittedChannel.mark(opening.channel(), false);
					listener.ended(SessionEnd.LOST);
				})
				.doOnCancel(() -> listener.ended(SessionEnd.LOST))
				// has been answered by Reactor Netty
				.onErrorComplete(WebSocketServerHandshakeException.class);
		}).doOnError(HandshakeRefusal.class, (refusal) -> this.admission.refused(refusal.getStatusCode().value()));
	}

	// of the subprotocols offered the first is selected, whatever it is
	private Negotiation negotiate(OpeningHandshake opening, WebSocketHandler handler) {
		if (handler instanceof NegotiatingHandler negotiating) {
			return negotiating.negotiate(opening);
		}
		return new Negotiation(handler, opening.subprotocols().stream().findFirst().orElse(null),
				this.defaults.compression(), null, SessionOptions.standard(this.defaults.messageLimit()), List.of());
	}

	// when the service stops an answer is held no longer
	private Mono<Void> gate(@Nullable Mono<Void> gate, OpeningHandshake opening) {
		return (gate != null)
				? HeldAnswer.until(Mono.firstWithSignal(gate, this.admission.whenClosed()), opening.channel())
				: Mono.empty();
	}

	private static Mono<Void> upgrade(ServerWebExchange exchange, OpeningHandshake opening, Negotiation negotiation,
			SessionListener listener) {
		AcceptedExtension extension = negotiation.compress() ? opening.compression() : null;
		String subprotocol = negotiation.subprotocol();
		if (!negotiation.ignored().isEmpty()) {
			exchange.getResponse().getHeaders().set("X-Ignored-Parameters", String.join(", ", negotiation.ignored()));
		}
		HttpHeaders headers = opening.request().requestHeaders();
		HandshakeInfo info = RequestInfo.of(exchange, headers, subprotocol, extension);
		simplify(headers, subprotocol);
		return new UpgradeStrategy(extension, negotiation.options(), listener).upgrade(exchange, negotiation.handler(),
				subprotocol, () -> info);
	}

	// Netty reads the first line of each field alone, and of Upgrade only the one name
	private static void simplify(HttpHeaders headers, @Nullable String subprotocol) {
		headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		headers.remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
		if (subprotocol != null) {
			headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol);
		}
	}

}
