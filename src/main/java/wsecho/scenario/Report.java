package wsecho.scenario;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import wsecho.handshake.ReceivedRequest;
import wsecho.handshake.ReceivedRequest.Tls;
import wsecho.handshake.OpeningHandshake;

/**
 * Sends first what reached the server of the handshake, then what it receives.
 *
 * @param pod the name of the host
 * @param arrival the request
 * @param subprotocols those that were offered
 * @param extensions those that were offered
 */
record Report(String pod, ReceivedRequest arrival, List<String> subprotocols,
		List<String> extensions) implements Scenario {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.build();

	private static final Set<String> SECRET = Set.of("authorization", "cookie", "proxy-authorization");

	static Report of(OpeningHandshake opening, String pod) {
		return new Report(pod, opening.arrival(), opening.subprotocols(), opening.extensions());
	}

	@Override
	public Flux<WebSocketMessage> play(Flux<WebSocketMessage> received, WebSocketSession session) {
		Mono<WebSocketMessage> report = Mono
			.fromSupplier(() -> session.textMessage(JSON.writeValueAsString(body(session))));
		return report.concatWith(new Echo().play(received, session));
	}

	private Body body(WebSocketSession session) {
		List<Field> fields = this.arrival.fields().stream().map(Field::of).toList();
		return new Body(session.getId(), this.pod, Instant.now(), this.arrival.version(), requestLine(), fields,
				written(this.arrival.remote()), fields.stream().filter(Field::isForwarding).toList(),
				this.arrival.tls(), new Negotiated(this.subprotocols, selected(session)),
				new Negotiated(this.extensions, agreed(session)));
	}

	private String requestLine() {
		return this.arrival.method() + " " + this.arrival.target() + " " + this.arrival.version();
	}

	private static List<String> selected(WebSocketSession session) {
		String subprotocol = session.getHandshakeInfo().getSubProtocol();
		return (subprotocol != null) ? List.of(subprotocol) : List.of();
	}

	private static List<String> agreed(WebSocketSession session) {
		Object extension = session.getAttributes().get(OpeningHandshake.EXTENSIONS);
		return (extension != null) ? List.of(extension.toString()) : List.of();
	}

	private static @Nullable String written(@Nullable InetSocketAddress address) {
		return (address != null) ? address.getAddress().getHostAddress() + ":" + address.getPort() : null;
	}

	/**
	 * The text.
	 */
	private record Body(String session, String pod, Instant time, String http, String request, List<Field> headers,
			@Nullable String remote, List<Field> forwarded, @Nullable Tls tls, Negotiated subprotocols,
			Negotiated extensions) {

	}

	/**
	 * A header field; of a secret only how long it is.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	private record Field(String name, @Nullable String value, @Nullable Integer length) {

		static Field of(Map.Entry<String, String> field) {
			boolean secret = SECRET.contains(field.getKey().toLowerCase(Locale.ROOT));
			return secret ? new Field(field.getKey(), null, field.getValue().length())
					: new Field(field.getKey(), field.getValue(), null);
		}

		boolean isForwarding() {
			String lower = this.name.toLowerCase(Locale.ROOT);
			return lower.equals("forwarded") || lower.startsWith("x-forwarded-");
		}

	}

	/**
	 * What was offered, and which of it was taken.
	 */
	private record Negotiated(List<String> offered, List<String> accepted) {

	}

}
