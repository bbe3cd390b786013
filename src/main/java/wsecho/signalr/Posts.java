package wsecho.signalr;

import java.util.function.Supplier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import wsecho.http.BodyTraffic;
import wsecho.signalr.hub.HubConnection;

/**
 * What a client sends by requests of their own, to a connection in another thread: one
 * body after the other, and no more of it is read than the connection takes.
 */
final class Posts {

	/** In bytes. */
	private static final long MOST_OF_ONE = 1024 * 1024;

	private final HubConnection connection;

	private final Scheduler loop;

	private final BodyTraffic traffic;

	private final ConnectionReport report;

	private final Turns turns;

	/**
	 * Those of one connection.
	 * @param connection takes them
	 * @param loop its thread
	 * @param traffic counts them
	 * @param report of the connection
	 */
	Posts(HubConnection connection, Scheduler loop, BodyTraffic traffic, ConnectionReport report) {
		this.connection = connection;
		this.loop = loop;
		this.traffic = traffic;
		this.report = report;
		this.turns = new Turns(loop);
	}

	/**
	 * Takes one.
	 * @param body of the request, in its own thread
	 * @param arrived writes what arrived of the request
	 * @return completes when all of it is dealt with; fails with a {@link SignalrRefusal}
	 * if it is too long
	 */
	Mono<Void> take(Flux<DataBuffer> body, Supplier<String> arrived) {
		long[] length = { 0 };
		return this.turns.then(Mono.defer(() -> {
			this.report.add("post", arrived);
			this.traffic.messageReceived();
			return body.concatMap((piece) -> {
				byte[] bytes = bytes(piece);
				length[0] += bytes.length;
				return (length[0] > MOST_OF_ONE)
						? Mono.<Void>error(SignalrRefusal.of(413, "A body may have " + MOST_OF_ONE + " bytes."))
						: accept(bytes);
			}, 0).then();
		}));
	}

	private Mono<Void> accept(byte[] bytes) {
		return Mono.defer(() -> {
			this.traffic.received(bytes.length);
			return this.connection.accept(bytes);
		}).subscribeOn(this.loop);
	}

	private static byte[] bytes(DataBuffer piece) {
		byte[] bytes = new byte[piece.readableByteCount()];
		piece.read(bytes);
		DataBufferUtils.release(piece);
		return bytes;
	}

}
