package wsecho.signalr;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import wsecho.handshake.SessionTransport;
import wsecho.scenario.ReportSettings;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.SignalrParameters;
import wsecho.signalr.hub.HubOptions;
import wsecho.websocket.EndAction;
import wsecho.websocket.HeldMemory;
import wsecho.websocket.SessionOptions;

/**
 * What all requests of the hub have in common.
 *
 * @param parameters that a client may give
 * @param caps the most that it may ask for
 * @param tokens of this process
 * @param connections that are open
 * @param report what the report of a request shows
 */
record SignalrHub(SignalrParameters parameters, Caps caps, Tokens tokens, HubConnections connections,
		ReportSettings report) {

	/** Parameters whose values are in no report. */
	static final Set<String> SECRET = Set.of(SignalrParameters.ID);

	/** The options of a poll, whose client is not asked for signs of life. */
	static final SessionOptions POLL = new SessionOptions(Long.MAX_VALUE, Duration.ZERO, Set.of(),
			SessionOptions.standard(Long.MAX_VALUE).end(), Duration.ZERO);

	String pod() {
		return this.tokens.pod();
	}

	/** A report of a connection, to which its requests are added. */
	ConnectionReport report(String id, SessionTransport transport, @Nullable ConnectionToken token, HeldMemory memory) {
		return new ConnectionReport(id, pod(), transport, token, memory);
	}

	/**
	 * Checks that a transport is offered.
	 * @throws SignalrRefusal if it is not
	 */
	static void requireOffered(SignalrParameters.Hub asked, SessionTransport transport) {
		if (!asked.transports().contains(transport)) {
			throw SignalrRefusal.of(404,
					ConnectionReport.name(transport) + " transport not supported by this end point type");
		}
	}

	/** The options of a connection. */
	static HubOptions options(SignalrParameters.Hub asked) {
		return new HubOptions(asked.keepAlive(), asked.clientTimeout(), asked.reconnect(), asked.mostItems(),
				asked.shared().messages(), asked.shared().lifetime(),
				asked.shared().options().end().kind() == EndAction.Kind.CLOSE);
	}

}
