package wsecho.scenario;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.WebSocketSession;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import wsecho.handshake.AddressText;
import wsecho.handshake.OpeningHandshake;
import wsecho.handshake.ReceivedRequest;
import wsecho.handshake.ReceivedRequest.Tls;
import wsecho.scenario.parameter.HandshakeQuery;
import wsecho.scenario.parameter.Query;

/**
 * Writes the report of one request.
 *
 * @param pod the name of the host
 * @param request the request as it arrived
 * @param fields its header fields
 * @param subprotocols the subprotocols that the client offered
 * @param extensions the extensions that the client offered
 * @param ignored the names of the ignored parameters
 */
public record ReportText(String pod, ReceivedRequest request, List<ReportedField> fields, List<String> subprotocols,
		List<String> extensions, Supplier<List<String>> ignored) {

	// a browser can send a token in no field of a WebSocket's handshake (RFC 6750, 2.3)
	private static final Set<String> SECRET = Set.of("access_token");

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.build();

	/**
	 * That of a handshake.
	 * @param query its parameters
	 * @param pod the name of the host
	 * @param settings what it shows
	 */
	public static ReportText of(HandshakeQuery query, String pod, ReportSettings settings) {
		OpeningHandshake opening = query.opening();
		ReceivedRequest request = opening.arrival().hiding(SECRET);
		return new ReportText(pod, request, ReportedField.of(request, settings), opening.subprotocols(),
				opening.extensions(), query::ignored);
	}

	/**
	 * That of a request that is no handshake.
	 * @param request the request as it arrived
	 * @param query its parameters
	 * @param pod the name of the host
	 * @param settings what it shows
	 */
	public static ReportText ofPlain(ReceivedRequest request, Query query, String pod, ReportSettings settings) {
		return new ReportText(pod, request.hiding(SECRET), ReportedField.of(request, settings), List.of(), List.of(),
				query::ignored);
	}

	/**
	 * The same with the length in the place of what is secret.
	 * @param parameters of the query, whose values are
	 */
	public ReportText hiding(Set<String> parameters) {
		return new ReportText(this.pod, this.request.hiding(parameters), this.fields, this.subprotocols,
				this.extensions, this.ignored);
	}

	/**
	 * The report.
	 * @param session the session that the handshake has opened
	 */
	public String json(WebSocketSession session) {
		return json(session.getId(), selected(session), agreed(session), null);
	}

	/**
	 * The report.
	 * @param session the id of the session
	 */
	public String json(String session) {
		return json(session, List.of(), List.of(), null);
	}

	/**
	 * The report.
	 * @param session the id of the session
	 * @param body what came of the request's body
	 */
	public String json(String session, ReportedBody body) {
		return json(session, List.of(), List.of(), body);
	}

	private String json(String session, List<String> subprotocol, List<String> extension, @Nullable ReportedBody body) {
		return JSON.writeValueAsString(new Body(session, this.pod, Instant.now(), this.request.version(), requestLine(),
				this.fields, text(this.request.remote()), text(this.request.proxy()),
				this.fields.stream().filter(ReportedField::isForwarding).toList(), this.request.tls(),
				new Negotiated(this.subprotocols, subprotocol), new Negotiated(this.extensions, extension),
				this.ignored.get(), body));
	}

	private String requestLine() {
		return this.request.method() + " " + this.request.target() + " " + this.request.version();
	}

	private static @Nullable String text(@Nullable InetSocketAddress address) {
		return (address != null) ? AddressText.of(address) : null;
	}

	private static List<String> selected(WebSocketSession session) {
		String subprotocol = session.getHandshakeInfo().getSubProtocol();
		return (subprotocol != null) ? List.of(subprotocol) : List.of();
	}

	private static List<String> agreed(WebSocketSession session) {
		Object extension = session.getAttributes().get(OpeningHandshake.EXTENSIONS);
		return (extension != null) ? List.of(extension.toString()) : List.of();
	}

	/**
	 * The members, in their order.
	 */
	private record Body(String session, String pod, Instant time, String http, String request,
			List<ReportedField> headers, @Nullable String remote, @Nullable String proxy, List<ReportedField> forwarded,
			@Nullable Tls tls, Negotiated subprotocols, Negotiated extensions, List<String> ignored,
			@JsonInclude(Include.NON_NULL) @Nullable ReportedBody body) {

	}

	/**
	 * What was offered, and which of it was accepted.
	 */
	private record Negotiated(List<String> offered, List<String> accepted) {

	}

}
