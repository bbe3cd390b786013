package wsecho.scenario;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import wsecho.handshake.Negotiation;
import wsecho.handshake.NegotiatingHandler;
import wsecho.handshake.OpeningHandshake;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.Modifiers;
import wsecho.scenario.parameter.HandshakeQuery;
import wsecho.scenario.parameter.SessionParameters;

/**
 * Negotiates the sessions of one path.
 *
 * @param path the path
 * @param modifiers the parameters that every path has
 * @param caps the most that a client may ask for
 */
record NegotiatedScenario(Scenarios.Path path, Modifiers modifiers, Caps caps) implements NegotiatingHandler {

	@Override
	public Negotiation negotiate(OpeningHandshake opening) {
		HandshakeQuery query = new HandshakeQuery(opening);
		Scenario scenario = this.path.scenario().apply(query);
		SessionParameters parameters = this.modifiers.read(query, scenario.closeCode());
		query.requireNoFaults();
		return new Negotiation(new ShapedScenario(scenario, parameters, this.caps.held()), parameters.subprotocol(),
				parameters.compress(), gate(scenario, parameters, opening), parameters.options(), query.ignored());
	}

	private static @Nullable Mono<Void> gate(Scenario scenario, SessionParameters parameters,
			OpeningHandshake opening) {
		Mono<Void> gate = scenario.gate();
		if (parameters.handshakeDelay().isZero()) {
			return gate;
		}
		return opening.timer(parameters.handshakeDelay()).then((gate != null) ? gate : Mono.empty());
	}

}
