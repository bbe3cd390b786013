package wsecho.signalr;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import wsecho.handshake.SessionTransport;
import wsecho.http.BodyTraffic;
import wsecho.signalr.hub.HubConnection;
import wsecho.websocket.EndAction;
import wsecho.websocket.HeldMemory;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionListener;
import wsecho.websocket.Traffic;

/**
 * A connection whose client polls and posts. It lasts from poll to poll, and belongs to
 * the thread of the first one, in which all of it happens.
 */
final class PollingSession implements OpenSession, HubTransport {

	/** How long there may be no poll. */
	private static final Duration BETWEEN = Duration.ofSeconds(15);

	/** How long the client may take to hear of the end. */
	private static final Duration FAREWELL = Duration.ofSeconds(5);

	private final Connecting connecting;

	private final Scheduler loop;

	private final HeldMemory memory;

	private final SessionListener listener;

	private final BodyTraffic traffic = new BodyTraffic();

	private final ConnectionReport report;

	private final HubConnection connection;

	private final Posts posts;

	private final PollQueue queue;

	/** Ends it when no poll comes. */
	private Disposable silence = Disposables.disposed();

	private int polls;

	private long lastHeard = System.nanoTime();

	private boolean ended;

	/**
	 * One that has been admitted.
	 * @param connecting what it begins with
	 * @param loop its thread
	 * @param memory what it holds
	 * @param buffers for what is sent
	 * @param listener is told of it
	 */
	PollingSession(Connecting connecting, Scheduler loop, HeldMemory memory, DataBufferFactory buffers,
			SessionListener listener) {
		this.connecting = connecting;
		this.loop = loop;
		this.memory = memory;
		this.listener = listener;
		this.report = connecting.report(SessionTransport.SIGNALR_POLLING, memory);
		this.connection = new HubConnection(loop, memory, SignalrHub.options(connecting.asked()).withoutPings(),
				this.report::json);
		this.posts = new Posts(this.connection, loop, this.traffic, this.report);
		this.queue = new PollQueue(loop, memory, connecting.asked().poll(), last(), this::over);
		connecting.messages(this.connection, buffers, loop, memory).subscribe(this.queue);
	}

	/** Begins, and waits for the first poll. */
	void open() {
		this.listener.opened(this);
		this.silence = after(BETWEEN, () -> finish(SessionEnd.SILENT));
	}

	EndAction end() {
		return this.connecting.asked().shared().options().end();
	}

	/**
	 * What a poll is answered with.
	 * @param poll has come, and may end before
	 * @param arrived writes what arrived of the request
	 */
	Mono<PollResult> poll(Poll poll, Supplier<String> arrived) {
		return Mono.create((sink) -> this.loop.schedule(() -> {
			if (this.ended) {
				sink.success(PollResult.OVER);
			}
			else if (!poll.isOver()) {
				heard();
				this.report.add(this.queue.isNew() ? "connect" : "poll", arrived);
				this.queue.poll(poll, sink);
			}
		}));
	}

	/** A poll is under way. */
	void pollBegun() {
		this.loop.schedule(() -> {
			this.polls++;
			this.silence.dispose();
		});
	}

	/** A poll is over, one way or the other; it was sent so many bytes. */
	void pollEnded(Object poll, long sent) {
		this.loop.schedule(() -> {
			this.queue.lost(poll);
			this.polls--;
			if (sent > 0) {
				this.traffic.sent((int) sent);
				this.traffic.messageSent();
			}
			if (this.polls == 0 && !this.ended) {
				this.silence = after(this.queue.isDone() ? FAREWELL : BETWEEN, () -> finish(SessionEnd.SILENT));
			}
		});
	}

	@Override
	public SessionTransport kind() {
		return SessionTransport.SIGNALR_POLLING;
	}

	@Override
	public Mono<Void> post(Flux<DataBuffer> body, Supplier<String> arrived) {
		return this.posts.take(body.doOnSubscribe((subscription) -> heard()), arrived);
	}

	@Override
	public void delete() {
		this.loop.schedule(() -> finish(SessionEnd.without(SessionEnd.By.CLIENT, SessionEnd.How.BODY)));
	}

	@Override
	public Traffic traffic() {
		return this.traffic;
	}

	@Override
	public long held() {
		return this.memory.bytes();
	}

	// it has a limit of its own, from poll to poll
	@Override
	public boolean isClientAwaited() {
		return false;
	}

	@Override
	public long lastHeard() {
		return this.lastHeard;
	}

	@Override
	public void ping(Runnable written) {
		written.run();
	}

	@Override
	public Disposable schedule(Runnable task, Duration delay) {
		return after(delay, () -> {
			if (!this.ended) {
				task.run();
			}
		});
	}

	@Override
	public void goAway(CloseStatus reason, Duration patience) {
		this.loop.schedule(() -> {
			this.connection.leave();
			after(patience.plus(FAREWELL), () -> finish(SessionEnd.OVERDUE));
		});
	}

	@Override
	public void giveUp(SessionEnd end) {
		this.loop.schedule(() -> finish(end));
	}

	private void heard() {
		this.lastHeard = System.nanoTime();
	}

	private PollResult last() {
		return (end().kind() == EndAction.Kind.CLOSE) ? PollResult.OVER : PollResult.END;
	}

	/** The client has been told that it is over. */
	private void over() {
		if (end().kind() == EndAction.Kind.CLOSE) {
			finish(SessionEnd.without(SessionEnd.By.SERVER, SessionEnd.How.BODY));
		}
		else {
			after(end().silence(), () -> finish(SessionEnd.OVERDUE));
		}
	}

	private void finish(SessionEnd how) {
		if (!this.ended) {
			this.ended = true;
			this.silence.dispose();
			this.queue.end();
			this.connection.end();
			this.connecting.ended(this);
			this.memory.end();
			this.listener.ended(how.withoutCode());
		}
	}

	private Disposable after(Duration delay, Runnable task) {
		return this.loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

}
