package wsecho.signalr;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import wsecho.http.Answer;
import wsecho.http.ResponseSession;
import wsecho.websocket.EndAction;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;

/** One poll: a response that is held, and is a part of the session that it belongs to. */
final class Poll implements Answer, SessionListener {

	private final PollingSession session;

	private final String id;

	private final ServerHttpResponse response;

	private final Supplier<String> arrived;

	private final AtomicBoolean over = new AtomicBoolean();

	private EndAction end = SignalrHub.POLL.end();

	private long sent;

	/**
	 * One that has come.
	 * @param session the session that it belongs to
	 * @param id of the session
	 * @param response the answer to come
	 * @param arrived writes what arrived of the request
	 */
	Poll(PollingSession session, String id, ServerHttpResponse response, Supplier<String> arrived) {
		this.session = session;
		this.id = id;
		this.response = response;
		this.arrived = arrived;
	}

	@Override
	public SessionOptions options() {
		return SignalrHub.POLL;
	}

	@Override
	public EndAction end() {
		return this.end;
	}

	@Override
	public void describe(HttpHeaders headers) {
		headers.set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
		headers.set(HttpHeaders.CACHE_CONTROL, "no-cache, no-store");
		headers.set(HttpHeaders.PRAGMA, "no-cache");
		SignalrFilter.expose(headers);
	}

	// the result comes in the thread of the connection
	@Override
	public Publisher<DataBuffer> body(ResponseSession poll) {
		return this.session.poll(this, this.arrived)
			.publishOn(poll.scheduler())
			.flatMap((result) -> Mono.justOrEmpty(begin(result)))
			.doOnDiscard(PollResult.class, PollResult::release);
	}

	boolean isOver() {
		return this.over.get();
	}

	private @Nullable DataBuffer begin(PollResult result) {
		if (result.ends()) {
			this.end = this.session.end();
			return null;
		}
		this.response.setStatusCode(result.status());
		DataBuffer body = result.body();
		this.sent = (body != null) ? body.readableByteCount() : 0;
		if (result.status() == HttpStatus.NO_CONTENT) {
			this.response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
		}
		else {
			this.response.getHeaders().setContentLength(this.sent);
		}
		return body;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public void opened(OpenSession poll) {
		this.session.pollBegun();
	}

	@Override
	public void pongReceived(long nanos) {
	}

	@Override
	public void ended(SessionEnd how) {
		if (this.over.compareAndSet(false, true)) {
			this.session.pollEnded(this, this.sent);
		}
	}

}
