package wsecho.signalr;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import wsecho.handshake.SessionTransport;
import wsecho.scenario.parameter.SignalrParameters;
import wsecho.signalr.protocol.JsonValue;
import wsecho.websocket.HeldMemory;

/**
 * What of a connection reached the server, request by request: the first one of each kind
 * as it arrived, and how many there were.
 */
final class ConnectionReport {

	private final String id;

	private final String pod;

	private final String transport;

	private final @Nullable NegotiationFacts negotiation;

	private final HeldMemory memory;

	private final Map<String, Arrived> requests = new LinkedHashMap<>(4);

	/**
	 * That of one connection.
	 * @param id of the connection
	 * @param pod where it is: the name of the host
	 * @param transport what carries it
	 * @param token what is known of its negotiation; null if there was none
	 * @param memory is told what it holds
	 */
	ConnectionReport(String id, String pod, SessionTransport transport, @Nullable ConnectionToken token,
			HeldMemory memory) {
		this.id = id;
		this.pod = pod;
		this.transport = name(transport);
		this.memory = memory;
		this.negotiation = (token != null) ? token.negotiation() : null;
	}

	/**
	 * A request has arrived.
	 * @param kind connect, poll or post
	 * @param report writes a report of it, in JSON
	 */
	void add(String kind, Supplier<String> report) {
		Arrived first = this.requests.get(kind);
		if (first == null) {
			first = new Arrived(report.get());
			this.requests.put(kind, first);
			this.memory.add(first.report.length());
		}
		first.count++;
	}

	JsonValue json() {
		StringBuilder json = new StringBuilder().append("{\"connectionId\":\"")
			.append(this.id)
			.append("\",\"pod\":")
			.append(JsonValue.ofString(this.pod))
			.append(",\"transport\":\"")
			.append(this.transport)
			.append("\",\"requests\":[");
		if (this.negotiation != null) {
			json.append(negotiation(this.negotiation)).append(',');
		}
		String before = "";
		for (Map.Entry<String, Arrived> each : this.requests.entrySet()) {
			json.append(before)
				.append("{\"request\":\"%s\",\"count\":%d,\"first\":%s}".formatted(each.getKey(), each.getValue().count,
						each.getValue().report));
			before = ",";
		}
		return JsonValue.ofText(json.append("]}").toString());
	}

	// what a token can carry; it is of this process, and so of this pod
	private String negotiation(NegotiationFacts facts) {
		return ("{\"request\":\"negotiate\",\"count\":1,\"first\":{\"pod\":%s,\"time\":\"%s\",\"http\":\"%s\","
				+ "\"negotiateVersion\":%d,\"headerFields\":%d,\"authorization\":%s,\"cookie\":%s}}")
			.formatted(JsonValue.ofString(this.pod), Instant.ofEpochMilli(facts.time()), facts.httpVersion(),
					facts.version(), facts.fields(), length(facts.authorization()), length(facts.cookie()));
	}

	private static String length(int length) {
		return (length >= 0) ? "{\"length\":" + length + "}" : "null";
	}

	/** The name of a transport in the protocol. */
	static String name(SessionTransport transport) {
		return SignalrParameters.TRANSPORTS.entrySet()
			.stream()
			.filter((each) -> each.getValue() == transport)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow();
	}

	private static final class Arrived {

		private final String report;

		private long count;

		private Arrived(String report) {
			this.report = report;
		}

	}

}
