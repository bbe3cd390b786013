package wsecho.signalr;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/** Lets requests that come at once have their turns, in the order in which they came. */
final class Turns {

	/** How many may wait. */
	private static final int MOST = 100;

	private final Scheduler loop;

	private final Deque<Turn> waiting = new ArrayDeque<>(1);

	private @Nullable Turn current;

	/**
	 * Nobody waits.
	 * @param loop the thread in which turns begin
	 */
	Turns(Scheduler loop) {
		this.loop = loop;
	}

	/**
	 * Waits for the turn of a task.
	 * @param task is subscribed to in its turn
	 * @return ends as the task does; fails with a {@link SignalrRefusal} if too many wait
	 */
	Mono<Void> then(Mono<Void> task) {
		return Mono.defer(() -> {
			Turn turn = new Turn();
			return Mono.<Void>create((sink) -> {
				sink.onCancel(() -> end(turn));
				this.loop.schedule(() -> begin(turn, sink));
			}).then(task).doFinally((signal) -> end(turn));
		});
	}

	private void begin(Turn turn, MonoSink<Void> sink) {
		turn.begun = sink::success;
		if (this.waiting.size() >= MOST) {
			sink.error(SignalrRefusal.of(503, "Too many requests of this connection wait."));
		}
		else if (!turn.ended) {
			this.waiting.add(turn);
			next();
		}
	}

	// told twice, perhaps, and perhaps before it has begun
	private void end(Turn turn) {
		this.loop.schedule(() -> {
			turn.ended = true;
			this.waiting.remove(turn);
			if (this.current == turn) {
				this.current = null;
				next();
			}
		});
	}

	private void next() {
		if (this.current == null && !this.waiting.isEmpty()) {
			this.current = this.waiting.remove();
			this.current.begun.run();
		}
	}

	private static final class Turn {

		private Runnable begun = () -> {
		};

		private boolean ended;

	}

}
