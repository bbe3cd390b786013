package wsecho.signalr;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import wsecho.handshake.ReceivedRequest;
import wsecho.handshake.SessionTransport;
import wsecho.http.SessionResponses;
import wsecho.scenario.ReportText;
import wsecho.scenario.parameter.Query;
import wsecho.scenario.parameter.SignalrParameters;
import wsecho.websocket.HeldMemory;
import wsecho.websocket.SessionListener;

/**
 * Answers the requests of the hub that are no handshakes, by what they are: an event
 * stream, a poll, something sent, or the end.
 *
 * @param hub what they have in common
 * @param responses admits and answers
 */
record HubHandler(SignalrHub hub, SessionResponses responses) implements WebHandler {

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return Mono.defer(() -> answer(exchange));
	}

	private Mono<Void> answer(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		this.responses.admission().requireOrigin(request);
		Query query = new Query(request.getURI().getRawQuery(), (name) -> "");
		HttpMethod method = request.getMethod();
		if (method.equals(HttpMethod.GET)) {
			ConnectionToken token = token(query);
			return wantsEvents(request) ? events(exchange, query, token) : poll(exchange, query, token);
		}
		if (method.equals(HttpMethod.POST)) {
			return post(exchange, query, token(query));
		}
		if (method.equals(HttpMethod.DELETE)) {
			this.hub.connections().require(token(query)).delete();
			return plain(exchange.getResponse(), HttpStatus.ACCEPTED);
		}
		throw SignalrRefusal.of(405, "");
	}

	private ConnectionToken token(Query query) {
		String id = query.text(SignalrParameters.ID);
		if (id == null || id.isEmpty()) {
			throw SignalrRefusal.of(400, "Connection ID required");
		}
		return this.hub.connections().read(id, this.hub.parameters().forget(query));
	}

	// as text: some clients write the field as no media type is written
	private static boolean wantsEvents(ServerHttpRequest request) {
		List<String> accept = request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT);
		return accept.stream().anyMatch((each) -> each.toLowerCase(Locale.ROOT).contains("text/event-stream"));
	}

	private Mono<Void> events(ServerWebExchange exchange, Query query, ConnectionToken token) {
		Connecting connecting = connecting(query, token, SessionTransport.SIGNALR_EVENTS);
		this.hub.connections().requireNew(token, SessionTransport.SIGNALR_EVENTS);
		return this.responses.open(exchange, SessionTransport.SIGNALR_EVENTS, token.id(),
				new HubEvents(connecting, report(exchange.getRequest(), query, token)), query.ignored());
	}

	private Mono<Void> poll(ServerWebExchange exchange, Query query, ConnectionToken token) {
		if (!(join(exchange, query, token) instanceof PollingSession session)) {
			throw HubConnections.otherTransport();
		}
		Poll poll = new Poll(session, token.id(), exchange.getResponse(), report(exchange.getRequest(), query, token));
		return this.responses.respond(exchange, poll, poll, List.of());
	}

	// some clients post their handshake before their first poll, or with it
	private HubTransport join(ServerWebExchange exchange, Query query, ConnectionToken token) {
		return this.hub.connections().join(token, () -> begin(exchange, query, token));
	}

	private PollingSession begin(ServerWebExchange exchange, Query query, ConnectionToken token) {
		ServerHttpRequest request = exchange.getRequest();
		Connecting connecting = connecting(query, token, SessionTransport.SIGNALR_POLLING);
		this.hub.connections().requireUnspent(token);
		SessionListener listener = this.responses.admit(request, SessionTransport.SIGNALR_POLLING, token.id(),
				connecting.asked().plainOptions());
		PollingSession session = new PollingSession(connecting, SessionResponses.loop(request),
				new HeldMemory(this.responses.memory()), exchange.getResponse().bufferFactory(), listener);
		session.open();
		return session;
	}

	private Mono<Void> post(ServerWebExchange exchange, Query query, ConnectionToken token) {
		ServerHttpRequest request = exchange.getRequest();
		return join(exchange, query, token).post(request.getBody(), report(request, query, token))
			.then(Mono.defer(() -> plain(exchange.getResponse(), HttpStatus.OK)));
	}

	private Connecting connecting(Query query, ConnectionToken token, SessionTransport transport) {
		SignalrParameters.Hub asked = this.hub.parameters().ofRequest(query);
		query.requireNoFaults();
		SignalrHub.requireOffered(asked, transport);
		return new Connecting(this.hub, token, asked);
	}

	private Supplier<String> report(ServerHttpRequest request, Query query, ConnectionToken token) {
		return () -> ReportText.ofPlain(ReceivedRequest.of(request), query, this.hub.pod(), this.hub.report())
			.hiding(SignalrHub.SECRET)
			.json(token.id());
	}

	// some clients read any body as JSON
	private static Mono<Void> plain(ServerHttpResponse response, HttpStatus status) {
		response.setStatusCode(status);
		response.getHeaders().set(HttpHeaders.CONTENT_TYPE, "text/plain");
		response.getHeaders().setContentLength(0);
		response.getHeaders().setCacheControl("no-store");
		return response.setComplete();
	}

}
