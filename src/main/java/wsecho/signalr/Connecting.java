package wsecho.signalr;

import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import wsecho.handshake.SessionTransport;
import wsecho.scenario.parameter.SignalrParameters;
import wsecho.scenario.shape.Delay;
import wsecho.signalr.hub.HubConnection;
import wsecho.websocket.HeldMemory;

/**
 * A connection that begins over plain HTTP.
 *
 * @param hub what it has in common with others
 * @param token what it was negotiated as
 * @param asked what the client asks for
 */
record Connecting(SignalrHub hub, ConnectionToken token, SignalrParameters.Hub asked) {

	ConnectionReport report(SessionTransport transport, HeldMemory memory) {
		return this.hub.report(this.token.id(), transport, this.token, memory);
	}

	/** What a connection sends, as late as the client has asked for. */
	Flux<WebSocketMessage> messages(HubConnection connection, DataBufferFactory buffers, Scheduler loop,
			HeldMemory memory) {
		Flux<WebSocketMessage> messages = connection.batches()
			.map((batch) -> new WebSocketMessage(WebSocketMessage.Type.TEXT, buffers.wrap(batch)));
		return this.asked.shared().delay().isZero() ? messages
				: Delay.of(messages, this.asked.shared().delay(), this.hub.caps().held(), loop, memory);
	}

	void opened(HubTransport transport) {
		this.hub.connections().opened(this.token, transport);
	}

	void ended(HubTransport transport) {
		this.hub.connections().ended(this.token, transport);
	}

}
