package wsecho.signalr;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import wsecho.handshake.SessionTransport;
import wsecho.scenario.ReportText;
import wsecho.scenario.Scenario;
import wsecho.scenario.parameter.SignalrParameters;
import wsecho.signalr.hub.HubConnection;
import wsecho.websocket.HeldMemory;
import wsecho.websocket.SessionScheduler;

/**
 * A connection of the hub by WebSocket. Its records have nothing to do with messages:
 * what comes is a stream of bytes.
 *
 * @param hub what it has in common with others
 * @param asked what the client asks for
 * @param token what it was negotiated as; null if it was not
 * @param handshake the report of the handshake
 */
record HubScenario(SignalrHub hub, SignalrParameters.Hub asked, @Nullable ConnectionToken token,
		ReportText handshake) implements Scenario, HubTransport {

	@Override
	public Flux<WebSocketMessage> outbound(Flux<WebSocketMessage> inbound, WebSocketSession session) {
		ConnectionReport report = this.hub.report(session.getId(), SessionTransport.SIGNALR_WEBSOCKET, this.token,
				HeldMemory.of(session));
		report.add("connect", () -> this.handshake.json(session));
		// the handshake is answered: one whose token is used up meanwhile can just end
		return Flux.using(() -> begin(session, report), (connection) -> play(connection, inbound, session), this::end)
			.onErrorResume(SignalrRefusal.class, (used) -> Flux.empty());
	}

	private HubConnection begin(WebSocketSession session, ConnectionReport report) {
		if (this.token != null) {
			this.hub.connections().opened(this.token, this);
		}
		return new HubConnection(SessionScheduler.of(session), HeldMemory.of(session), SignalrHub.options(this.asked),
				report::json);
	}

	private Flux<WebSocketMessage> play(HubConnection connection, Flux<WebSocketMessage> inbound,
			WebSocketSession session) {
		// what is not wanted is not read, and nothing once the connection is over
		Mono<Void> received = inbound.concatMap((frame) -> connection.accept(bytes(frame)), 0)
			.then(Mono.<Void>fromRunnable(connection::leave))
			.onErrorComplete();
		return connection.batches()
			.map((batch) -> new WebSocketMessage(WebSocketMessage.Type.TEXT, session.bufferFactory().wrap(batch)))
			.takeUntilOther(received.then(Mono.never()));
	}

	private void end(HubConnection connection) {
		connection.end();
		if (this.token != null) {
			this.hub.connections().ended(this.token, this);
		}
	}

	private static byte[] bytes(WebSocketMessage frame) {
		DataBuffer payload = frame.getPayload();
		byte[] bytes = new byte[payload.readableByteCount()];
		payload.read(bytes);
		return bytes;
	}

	@Override
	public SessionTransport kind() {
		return SessionTransport.SIGNALR_WEBSOCKET;
	}

	@Override
	public Mono<Void> post(Flux<DataBuffer> body, Supplier<String> report) {
		return Mono.error(() -> SignalrRefusal.of(405, "POST requests are not allowed for WebSocket connections."));
	}

}
