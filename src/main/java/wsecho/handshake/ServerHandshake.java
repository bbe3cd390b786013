package wsecho.handshake;

import java.util.List;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;

/** The server's side of the opening handshake (RFC 6455, 4.2): refuses, or upgrades. */
final class ServerHandshake implements WebSocketService {

	private final SessionAdmission admission;

	private final SessionDefaults defaults;

	private final MemoryBudget memory;

	ServerHandshake(SessionAdmission admission, SessionDefaults defaults, MemoryBudget memory) {
		this.admission = admission;
		this.defaults = defaults;
		this.memory = memory;
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
		return Mono.defer(() -> open(exchange, handler))
			.doOnError(HandshakeRefusal.class, (refusal) -> this.admission.refused(refusal.getStatusCode().value()));
	}

	private Mono<Void> open(ServerWebExchange exchange, WebSocketHandler handler) {
		OpeningHandshake opening = OpeningHandshake.of(exchange);
		Channel channel = opening.channel();
		Negotiation negotiation = negotiate(opening, handler);
		AcceptedExtension extension = negotiation.compress() ? opening.compression() : null;
		SessionListener listener = this.admission
			.admit(new SessionRequest(exchange.getRequest(), negotiation.transport(), opening.httpVersion(),
					negotiation.subprotocol(), extension != null, negotiation.options(), negotiation.id()));
		AdmittedChannel.mark(channel, true);
		Upgrade upgrade = new Upgrade(exchange, opening.request(), negotiation, extension, listener, this.memory);
		return Mono.defer(() -> answer(upgrade, negotiation.gate(), channel)).doOnError((failure) -> {
			listener.ended(SessionEnd.LOST);
			AdmittedChannel.mark(channel, false);
		}).doOnCancel(() -> listener.ended(SessionEnd.LOST));
	}

	// of the subprotocols offered the first is selected, whatever it is
	private Negotiation negotiate(OpeningHandshake opening, WebSocketHandler handler) {
		if (handler instanceof NegotiatingHandler negotiating) {
			return negotiating.negotiate(opening);
		}
		return new Negotiation(handler, opening.subprotocols().stream().findFirst().orElse(null),
				this.defaults.compresses(), null, SessionOptions.standard(this.defaults.messageLimit()), List.of());
	}

	// when the service stops an answer is held no longer
	private Mono<Void> answer(Upgrade upgrade, @Nullable Mono<Void> gate, Channel channel) {
		if (gate == null) {
			return upgrade.perform();
		}
		return HeldAnswer.until(Mono.firstWithSignal(gate, this.admission.whenClosed()), channel)
			.then(Mono.defer(upgrade::perform));
	}

}
