package wsecho.scenario;

import java.util.List;
import java.util.function.Function;

import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.CloseParameters;
import wsecho.scenario.parameter.Parameter;
import wsecho.scenario.parameter.PushParameters;
import wsecho.scenario.parameter.HandshakeQuery;
import wsecho.scenario.parameter.RefuseParameters;

/** Every WebSocket path, and what the server does there. */
public final class Scenarios {

	private final List<Path> paths;

	/**
	 * Makes the table.
	 * @param caps the most that a client may ask for
	 * @param report what the report of a handshake shows
	 * @param pod the name of the host
	 */
	Scenarios(Caps caps, ReportSettings report, String pod) {
		PushParameters push = PushParameters.of(caps);
		CloseParameters close = new CloseParameters();
		RefuseParameters refuse = new RefuseParameters();
		this.paths = List.of(
				new Path("/websocket", "echoes, frame by frame", List.of(), List.of(Path.ANY), (query) -> new Echo()),
				new Path("/websocket/handshake",
						"first sends a JSON report of the handshake as it arrived, then echoes", List.of(),
						List.of("report", Path.ANY), (query) -> new Report(ReportText.of(query, pod, report))),
				new Path("/websocket/push",
						"sends numbered messages at a fixed interval, never faster than the client reads", push.all(),
						List.of("numbered", "numberedBinary"), (query) -> new Push(NumberedMessages.of(push, query))),
				new Path("/websocket/close/{code}", "ends the session at once, with that close code", close.all(),
						List.of(), (query) -> new Close(query.path(close.code()))),
				new Path("/websocket/refuse/{status}", "refuses the handshake with that HTTP status", refuse.all(),
						List.of(), (query) -> new Refuse(query.path(refuse.status()), query.get(refuse.retryAfter()),
								query.get(refuse.location()))));
	}

	public List<Path> paths() {
		return this.paths;
	}

	/**
	 * A path.
	 *
	 * @param pattern of the path; what is in braces is a parameter
	 * @param summary what the server does there
	 * @param parameters its own, beside the modifiers
	 * @param sends the names in asyncapi.json of the messages that the server sends
	 * @param scenario reads the path's own parameters of a query
	 */
	public record Path(String pattern, String summary, List<Parameter<?>> parameters, List<String> sends,
			Function<HandshakeQuery, Scenario> scenario) {

		/** Names the message of an echo: any that the client sends. */
		public static final String ANY = "any";

		public boolean echoes() {
			return this.sends.contains(ANY);
		}

		/** Whether a parameter is part of the path rather than of the query. */
		public boolean holds(Parameter<?> parameter) {
			return this.pattern.contains("{" + parameter.name() + "}");
		}

	}

}
