package wsecho.deployment;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients on both sides of a rollout: some hold a session and open another one when it
 * ends, others come and go. For each line of the standard input it prints what has
 * happened since the one before.
 * <p>
 * It needs nothing but a JDK: {@code java HeldSessions.java ws://host:port 200}.
 */
final class HeldSessions {

	// each reply is held that long by the server, so that a drain finds most sessions
	// owing one
	private static final Duration DELAY = Duration.ofSeconds(1);

	private static final Duration NEW_SESSION_EVERY = Duration.ofMillis(50);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Pattern POD = Pattern.compile("\"pod\" ?: ?\"([^\"]+)\"");

	private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);

	private final HttpClient http = HttpClient.newBuilder()
		.connectTimeout(Duration.ofSeconds(5))
		.executor(Executors.newFixedThreadPool(4))
		.build();

	private final Set<Held> held = ConcurrentHashMap.newKeySet();

	private final Map<String, AtomicInteger> ends = new ConcurrentHashMap<>();

	private final AtomicInteger handshakes = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	/** What was received in sessions that have ended with 1001, by pod, in all. */
	private final Map<String, Integer> replies = new ConcurrentHashMap<>();

	private final AtomicInteger wrong = new AtomicInteger();

	private final String url;

	private final int count;

	private HeldSessions(String url, int count) {
		this.url = url;
		this.count = count;
	}

	public static void main(String[] args) throws Exception {
		HeldSessions sessions = new HeldSessions(args[0], Integer.parseInt(args[1]));
		sessions.begin();
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		while (lines.readLine() != null) {
			System.out.println(sessions.report());
		}
		System.exit(0);
	}

	private void begin() {
		for (int i = 0; i < this.count; i++) {
			hold();
		}
		long period = NEW_SESSION_EVERY.toMillis();
		this.clock.scheduleAtFixedRate(() -> open("/websocket?messages=1", new Passing()), period, period,
				TimeUnit.MILLISECONDS);
	}

	private void hold() {
		open("/websocket/handshake?delay=" + DELAY.toMillis() + "ms", new Held());
	}

	private void open(String path, Client client) {
		this.handshakes.incrementAndGet();
		this.http.newWebSocketBuilder()
			.connectTimeout(Duration.ofSeconds(10))
			.buildAsync(URI.create(this.url + path), client)
			.whenComplete((socket, failure) -> {
				if (failure != null) {
					if (this.failed.getAndIncrement() == 0) {
						tell("no handshake, the first of perhaps more: " + failure);
					}
					client.ended("refused");
				}
			});
	}

	/** Waits until all sessions are held again, by pods that have told their names. */
	private String report() throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (pods().values().stream().mapToInt(Integer::intValue).sum() < this.count
				&& System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(50);
		}
		Map<String, Integer> ended = new TreeMap<>();
		this.ends.forEach((end, number) -> ended.put(end, number.getAndSet(0)));
		ended.values().removeIf((number) -> number == 0);
		return "held=%s ended=%s handshakes=%d failed=%d wrong=%d replies=%s".formatted(pods(), ended,
				this.handshakes.getAndSet(0), this.failed.getAndSet(0), this.wrong.getAndSet(0), this.replies);
	}

	private static void tell(String what) {
		System.err.println(Instant.now() + " " + what);
	}

	private void count(String end) {
		this.ends.computeIfAbsent(end, (key) -> new AtomicInteger()).incrementAndGet();
	}

	private Map<String, Integer> pods() {
		Map<String, Integer> pods = new TreeMap<>();
		this.held.forEach((session) -> pods.merge(session.pod, 1, Integer::sum));
		return pods;
	}

	/** What both kinds see of their session. */
	private abstract static class Client implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		abstract void received(WebSocket socket, String message);

		/** Once a session, whatever ended it. */
		abstract void ended(String how);

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
			this.text.append(part);
			if (last) {
				String message = this.text.toString();
				this.text.setLength(0);
				received(socket, message);
			}
			socket.request(1);
			return CompletableFuture.completedStage(null);
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			// 1006: the end of the connection, without a Close
			ended((code == 1006) ? "none" : "" + code);
			return CompletableFuture.completedStage(null);
		}

		@Override
		public void onError(WebSocket socket, Throwable error) {
			ended("none");
		}

	}

	/** Has one message under way or rests for as long as that takes. */
	private final class Held extends Client {

		private volatile String pod = "";

		private volatile String expected = "";

		private final AtomicInteger received = new AtomicInteger();

		@Override
		void received(WebSocket socket, String message) {
			this.received.incrementAndGet();
			if (this.pod.isEmpty()) {
				Matcher matcher = POD.matcher(message);
				this.pod = matcher.find() ? matcher.group(1) : "?";
				HeldSessions.this.held.add(this);
			}
			else if (!message.equals(this.expected)) {
				HeldSessions.this.wrong.incrementAndGet();
			}
			HeldSessions.this.clock.schedule(() -> send(socket), DELAY.toMillis(), TimeUnit.MILLISECONDS);
		}

		private void send(WebSocket socket) {
			if (HeldSessions.this.held.contains(this)) {
				this.expected = "message " + this.received;
				socket.sendText(this.expected, true);
			}
		}

		@Override
		void ended(String how) {
			HeldSessions.this.held.remove(this);
			count(how);
			if (how.equals("none")) {
				tell("a session of " + this.pod + " has ended without a Close");
			}
			else if (how.equals("1001")) {
				HeldSessions.this.replies.merge(this.pod, this.received.get(), Integer::sum);
			}
			// not at once: where nobody listens it would be a storm
			HeldSessions.this.clock.schedule(HeldSessions.this::hold, 100, TimeUnit.MILLISECONDS);
		}

	}

	/** Sends one message, for which the server answers and closes. */
	private final class Passing extends Client {

		private boolean answered;

		@Override
		public void onOpen(WebSocket socket) {
			socket.sendText("passing", true);
			socket.request(1);
		}

		@Override
		void received(WebSocket socket, String message) {
			this.answered = message.equals("passing");
		}

		@Override
		void ended(String how) {
			if (!this.answered || !how.equals("1000")) {
				count("passing " + how);
			}
		}

	}

}
