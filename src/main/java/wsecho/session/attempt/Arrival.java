package wsecho.session.attempt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import wsecho.handshake.ReceivedRequest;

/**
 * One request of an attempt, and its answer, as it is told in JSON. What a client may
 * make long is cut.
 *
 * @param time when it came
 * @param pod where to: the name of the host
 * @param http the version of HTTP
 * @param method the method
 * @param path the path, without the query
 * @param upgrade the field of that name, or null
 * @param connection the field of that name, or null
 * @param version Sec-WebSocket-Version, or null
 * @param host the field of that name, of HTTP/2 its :authority, or null
 * @param origin the field of that name, or null
 * @param status of the answer; null before it
 * @param problem why it was refused, or null
 * @param session the id of the session that it opened, or null
 */
record Arrival(Instant time, String pod, String http, String method, String path, @Nullable String upgrade,
		@Nullable String connection, @Nullable String version, @Nullable String host, @Nullable String origin,
		@Nullable Integer status, @Nullable String problem, @Nullable String session) {

	private static final int MOST = 100;

	private static final int MOST_OF_PROBLEM = 1000;

	static Arrival of(ServerHttpRequest request, String pod) {
		ReceivedRequest received = ReceivedRequest.of(request);
		String host = field(received, "Host");
		return new Arrival(Instant.now().truncatedTo(ChronoUnit.MILLIS), pod, received.version(),
				cut(received.method(), MOST), cut(request.getPath().value(), MOST), field(received, "Upgrade"),
				field(received, "Connection"), field(received, "Sec-WebSocket-Version"),
				(host != null) ? host : field(received, ":authority"), field(received, "Origin"), null, null, null);
	}

	Arrival answered(int status, @Nullable String problem, @Nullable String session) {
		return new Arrival(this.time, this.pod, this.http, this.method, this.path, this.upgrade, this.connection,
				this.version, this.host, this.origin, status, (problem != null) ? cut(problem, MOST_OF_PROBLEM) : null,
				session);
	}

	private static @Nullable String field(ReceivedRequest request, String name) {
		String value = request.fields()
			.stream()
			.filter((field) -> field.getKey().equalsIgnoreCase(name))
			.map(Map.Entry::getValue)
			.collect(Collectors.joining(", "));
		boolean isThere = !value.isEmpty()
				|| request.fields().stream().anyMatch((field) -> field.getKey().equalsIgnoreCase(name));
		return isThere ? cut(value, MOST) : null;
	}

	private static String cut(String text, int most) {
		return (text.length() > most) ? text.substring(0, most) + "…" : text;
	}

}
