package wsecho.signalr;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import wsecho.handshake.NegotiatingHandler;
import wsecho.handshake.Negotiation;
import wsecho.handshake.OpeningHandshake;
import wsecho.handshake.SessionTransport;
import wsecho.scenario.ReportText;
import wsecho.scenario.ShapedScenario;
import wsecho.scenario.parameter.HandshakeQuery;
import wsecho.scenario.parameter.SessionParameters;
import wsecho.scenario.parameter.SignalrParameters;

/**
 * Negotiates the connections by WebSocket, of which those without an id are new ones.
 *
 * @param hub what it has in common with other requests
 */
record HubHandshake(SignalrHub hub) implements NegotiatingHandler {

	@Override
	public Negotiation negotiate(OpeningHandshake opening) {
		HandshakeQuery query = new HandshakeQuery(opening);
		SignalrParameters.Hub asked = this.hub.parameters().ofHandshake(query);
		query.requireNoFaults();
		ConnectionToken token = token(query, asked);
		SessionParameters shared = asked.shared();
		HubScenario scenario = new HubScenario(this.hub, asked, token,
				ReportText.of(query, this.hub.pod(), this.hub.report()).hiding(SignalrHub.SECRET));
		// how long it lasts and how many messages it has is the connection's own business
		SessionParameters shape = new SessionParameters(null, null, shared.delay(), shared.fragment(), null, false,
				shared.handshakeDelay(), asked.socketOptions());
		Mono<Void> gate = shared.handshakeDelay().isZero() ? null : opening.timer(shared.handshakeDelay());
		return new Negotiation(new ShapedScenario(scenario, shape, this.hub.caps().held()), shared.subprotocol(),
				shared.compress(), gate, asked.socketOptions(), query.ignored(), SessionTransport.SIGNALR_WEBSOCKET,
				(token != null) ? token.id() : null);
	}

	private @Nullable ConnectionToken token(HandshakeQuery query, SignalrParameters.Hub asked) {
		String id = query.text(SignalrParameters.ID);
		ConnectionToken token = (id == null || id.isEmpty()) ? null
				: this.hub.connections().read(id, this.hub.parameters().forget(query));
		SignalrHub.requireOffered(asked, SessionTransport.SIGNALR_WEBSOCKET);
		if (token != null) {
			this.hub.connections().requireNew(token, SessionTransport.SIGNALR_WEBSOCKET);
		}
		return token;
	}

}
