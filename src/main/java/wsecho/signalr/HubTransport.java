package wsecho.signalr;

import java.util.function.Supplier;

import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import wsecho.handshake.SessionTransport;

/** What carries an open connection, as its further requests see it, in any thread. */
interface HubTransport {

	SessionTransport kind();

	/**
	 * The client sends something by a request of its own.
	 * @param body of it
	 * @param report writes what arrived of the request
	 * @return completes when the body is dealt with
	 */
	Mono<Void> post(Flux<DataBuffer> body, Supplier<String> report);

	/**
	 * The client ends the connection by a request.
	 * @throws SignalrRefusal where it has other means to
	 */
	default void delete() {
		throw SignalrRefusal.of(400, "Cannot terminate this connection using the DELETE endpoint.");
	}

}
