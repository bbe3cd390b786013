package wsecho.check.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/** Waits for what the event loop completes. */
final class Completion {

	private Completion() {
	}

	/**
	 * What the server answers.
	 * @throws IOException if it does not in time, or what is awaited fails; with why
	 */
	static <T> T await(CompletableFuture<T> answer, Duration within) throws IOException, InterruptedException {
		try {
			return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new IOException("no answer", ex);
		}
		catch (ExecutionException ex) {
			throw new IOException(Reason.of(ex.getCause()), ex);
		}
	}

	/** What happens, or null if it does not in time; an event itself never fails. */
	static <T> @Nullable T awaitEvent(CompletableFuture<T> event, Duration within) throws InterruptedException {
		try {
			return event.get(within.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
