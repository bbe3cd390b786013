package wsecho.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.Disposable;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.Traffic;

/** A session without a channel, whose event loop and clock are driven by hand. */
final class FakeSession implements OpenSession {

	private final PriorityQueue<Timer> timers = new PriorityQueue<>();

	private final List<Long> pings = new ArrayList<>();

	private final List<Runnable> unwritten = new ArrayList<>();

	private long now;

	private int planned;

	private long heard;

	private boolean awaited = true;

	private boolean writable = true;

	private @Nullable SessionEnd end;

	private @Nullable Long gone;

	FakeSession() {
		// where a sign that is wrong shows
		this.now = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();
		this.heard = this.now;
	}

	long nanoTime() {
		return this.now;
	}

	/** Runs what is due within some time, each when it is due. */
	void advance(Duration time) {
		long until = this.now + time.toNanos();
		Timer next = this.timers.peek();
		while (next != null && next.due - until <= 0) {
			this.timers.remove();
			this.now = next.due - this.now > 0 ? next.due : this.now;
			next.task.run();
			next = this.timers.peek();
		}
		this.now = until;
	}

	/** The process stands still: nothing is run or read. */
	void pause(Duration time) {
		this.now += time.toNanos();
	}

	/** Something comes from the client. */
	void hear() {
		this.heard = this.now;
	}

	void await(boolean awaited) {
		this.awaited = awaited;
	}

	/** Nothing that is written goes out until that is changed. */
	void writable(boolean writable) {
		this.writable = writable;
		if (writable) {
			this.unwritten.forEach(Runnable::run);
			this.unwritten.clear();
		}
	}

	/** When pings were asked for. */
	List<Long> pings() {
		return this.pings;
	}

	@Nullable SessionEnd end() {
		return this.end;
	}

	/** How many timers wait. */
	int timers() {
		return this.timers.size();
	}

	@Nullable Long goneAfter() {
		return this.gone;
	}

	@Override
	public Traffic traffic() {
		throw new UnsupportedOperationException();
	}

	@Override
	public long held() {
		return 0;
	}

	@Override
	public boolean isClientAwaited() {
		return this.awaited;
	}

	@Override
	public long lastHeard() {
		return this.heard;
	}

	@Override
	public void ping(Runnable written) {
		this.pings.add(this.now);
		if (this.writable) {
			written.run();
		}
		else {
			this.unwritten.add(written);
		}
	}

	@Override
	public Disposable schedule(Runnable task, Duration delay) {
		Timer timer = new Timer(this.now + delay.toNanos(), this.planned++, task);
		this.timers.add(timer);
		return () -> this.timers.remove(timer);
	}

	@Override
	public void goAway(CloseStatus reason, Duration patience) {
		this.gone = patience.toMillis();
	}

	@Override
	public void giveUp(SessionEnd end) {
		this.end = end;
	}

	private record Timer(long due, int number, Runnable task) implements Comparable<Timer> {

		@Override
		public int compareTo(Timer other) {
			long difference = this.due - other.due;
			return (difference != 0) ? Long.signum(difference) : Integer.compare(this.number, other.number);
		}

	}

}
