package wsecho.signalr;

import java.util.function.Supplier;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import wsecho.handshake.SessionTransport;
import wsecho.http.Answer;
import wsecho.http.ResponseSession;
import wsecho.signalr.hub.HubConnection;
import wsecho.websocket.SessionOptions;

/**
 * A connection whose server sends events, and whose client posts.
 *
 * @param connecting what it begins with
 * @param arrived writes what arrived of the request
 */
record HubEvents(Connecting connecting, Supplier<String> arrived) implements Answer {

	@Override
	public SessionOptions options() {
		return this.connecting.asked().plainOptions();
	}

	// identity keeps filters that compress from gathering it
	@Override
	public void describe(HttpHeaders headers) {
		headers.set(HttpHeaders.CONTENT_TYPE, "text/event-stream");
		headers.set(HttpHeaders.CACHE_CONTROL, "no-cache,no-store");
		headers.set(HttpHeaders.PRAGMA, "no-cache");
		headers.set(HttpHeaders.CONTENT_ENCODING, "identity");
		SignalrFilter.expose(headers);
	}

	@Override
	public Publisher<DataBuffer> body(ResponseSession session) {
		return Flux.using(() -> Stream.open(this, session), (stream) -> stream.events(session), Stream::end);
	}

	/**
	 * One that is open.
	 *
	 * @param connecting what it has begun with
	 * @param connection what it carries
	 * @param posts what comes from the client
	 */
	private record Stream(Connecting connecting, HubConnection connection, Posts posts) implements HubTransport {

		static Stream open(HubEvents events, ResponseSession session) {
			Connecting connecting = events.connecting;
			ConnectionReport report = connecting.report(SessionTransport.SIGNALR_EVENTS, session.memory());
			report.add("connect", events.arrived);
			HubConnection connection = new HubConnection(session.scheduler(), session.memory(),
					SignalrHub.options(connecting.asked()), report::json);
			Stream stream = new Stream(connecting, connection,
					new Posts(connection, session.scheduler(), session.traffic(), report));
			try {
				connecting.opened(stream);
			}
			catch (SignalrRefusal ex) {
				connection.end();
				throw ex;
			}
			return stream;
		}

		Flux<DataBuffer> events(ResponseSession session) {
			HubEventWriter writer = new HubEventWriter(session.buffers(), session.traffic());
			session.sends(writer);
			Mono<Void> leaving = session.leaving().then(Mono.fromRunnable(this.connection::leave));
			return Mono.fromSupplier(writer::open)
				.concatWith(this.connecting
					.messages(this.connection, session.buffers(), session.scheduler(), session.memory())
					.map(writer::write))
				.takeUntilOther(leaving.then(Mono.never()));
		}

		void end() {
			this.connection.end();
			this.connecting.ended(this);
		}

		@Override
		public SessionTransport kind() {
			return SessionTransport.SIGNALR_EVENTS;
		}

		@Override
		public Mono<Void> post(Flux<DataBuffer> body, Supplier<String> report) {
			return this.posts.take(body, report);
		}

	}

}
