package wsecho.service;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import wsecho.fixture.RawSocket;

/**
 * A client that negotiates with the hub a thousand times a second, or as often as it is
 * answered, and never connects.
 */
final class Negotiations implements AutoCloseable {

	private static final int AT_ONCE = 20;

	private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final String REQUESTS = "POST /signalr/negotiate?negotiateVersion=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
		.repeat(AT_ONCE);

	private final int port;

	private final Thread thread = new Thread(this::run, "negotiations");

	/** How often which status came, or none. */
	private final Map<String, Integer> outcomes = new TreeMap<>();

	private final long begin = System.nanoTime();

	private long end;

	private volatile boolean leaving;

	/**
	 * Begins.
	 * @param port the service's
	 */
	Negotiations(int port) {
		this.port = port;
		this.thread.start();
	}

	/** Ends, when all is answered. */
	void leave() throws InterruptedException {
		this.leaving = true;
		this.thread.join();
		this.end = System.nanoTime();
	}

	/** How often which status came, or none. */
	Map<String, Integer> outcomes() {
		return this.outcomes;
	}

	@Override
	public void close() {
		this.leaving = true;
	}

	@Override
	public String toString() {
		int answered = this.outcomes.values().stream().mapToInt(Integer::intValue).sum();
		return "%.0f negotiations a second, %s".formatted(answered * 1e9 / (this.end - this.begin), this.outcomes);
	}

	private void run() {
		long due = System.nanoTime();
		while (!this.leaving) {
			try (RawSocket client = new RawSocket(this.port)) {
				while (!this.leaving) {
					TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
					// what was missed is not caught up with
					due = Math.max(due, System.nanoTime() - PERIOD_NANOS) + PERIOD_NANOS;
					client.send(REQUESTS);
					for (int i = 0; i < AT_ONCE; i++) {
						count(client.readResponse().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
					}
				}
			}
			catch (IOException ex) {
				// there is no memory for it, and it comes again
				count("ended");
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	private void count(String outcome) {
		this.outcomes.merge(outcome, 1, Integer::sum);
	}

}
