package wsecho.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;

/**
 * Sessions that behave well, half of them over HTTP/1.1 and half over HTTP/2: each sends
 * a numbered message, waits for its echo, and after a pause sends the next one.
 */
final class SteadySessions implements AutoCloseable {

	private static final int PER_CONNECTION = 5;

	private static final long PAUSE_MILLIS = 100;

	private static final byte[] GOODBYE = { 3, (byte) 0xe8 };

	private final List<Http2Connection> connections = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean leaving;

	/**
	 * Opens them.
	 * @param port the service's
	 * @param count how many
	 * @throws Exception if one is refused
	 */
	SteadySessions(int port, int count) throws Exception {
		for (int i = 0; i < count; i++) {
			RawSocket session = (i < count / 2) ? RawSocket.open(port, "/websocket") : openHttp2(port, i);
			String name = ((i < count / 2) ? "HTTP/1.1 " : "HTTP/2 ") + i;
			this.threads.add(new Thread(() -> run(session, name), "steady " + name));
		}
		this.threads.forEach(Thread::start);
	}

	private RawSocket openHttp2(int port, int number) throws Exception {
		if (number % PER_CONNECTION == 0 || this.connections.isEmpty()) {
			this.connections.add(new Http2Connection(port));
		}
		Http2Connection connection = this.connections.get(this.connections.size() - 1);
		return RawSocket.of(connection.open(Http2Stream.handshake("/websocket")));
	}

	/** What went wrong. */
	Queue<String> failures() {
		return this.failures;
	}

	/**
	 * How long the echoes have taken.
	 * @param stalls what is not counted
	 * @return the times in ms, the shortest first
	 */
	List<Double> waits(Stalls stalls) {
		return this.waits.stream()
			.map((wait) -> (wait.to - wait.from - stalls.within(wait.from, wait.to)) / 1e6)
			.sorted()
			.toList();
	}

	/** The same with the stalls. */
	List<Double> waits() {
		return this.waits.stream().map((wait) -> (wait.to - wait.from) / 1e6).sorted().toList();
	}

	/** Has each of them close, and waits until it is. */
	void leave() throws InterruptedException {
		this.leaving = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
	}

	@Override
	public void close() {
		this.leaving = true;
		this.connections.forEach(Http2Connection::close);
	}

	private void run(RawSocket session, String name) {
		long number = 0;
		try (session) {
			while (!this.leaving) {
				exchange(session, ++number + " of " + name);
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			}
			String close = session.sendFrame(0x88, GOODBYE).readFrame();
			expect("88:03e8", close);
		}
		catch (Exception ex) {
			this.failures.add(name + ", message " + number + ": " + ex);
		}
	}

	private void exchange(RawSocket session, String text) throws Exception {
		byte[] message = text.getBytes(StandardCharsets.US_ASCII);
		long from = System.nanoTime();
		String echo = session.sendFrame(0x81, message).readFrame();
		this.waits.add(new Wait(from, System.nanoTime()));
		expect("81:" + HexFormat.of().formatHex(message), echo);
	}

	private static void expect(String expected, String actual) {
		if (!expected.equals(actual)) {
			throw new IllegalStateException(actual + " instead of " + expected);
		}
	}

	/** Of {@link System#nanoTime}. */
	private record Wait(long from, long to) {

	}

}
