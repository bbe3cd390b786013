package wsecho.signalr;

import reactor.core.publisher.Mono;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import wsecho.handshake.SessionTransport;

/** What carries an open connection, as its further requests see it. */
interface HubTransport {

	SessionTransport kind();

	/**
	 * Something comes by another request.
	 * @param body of it
	 * @return completes when it is dealt with
	 */
	Mono<Void> post(Flux<DataBuffer> body);

}
