package wsecho.session.drain;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.Crowd;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the sessions see when the service is stopped (SIGTERM). */
class DrainTests {

	private static final int CLIENTS = 50;

	private static final Pattern MESSAGES_RECEIVED = Pattern.compile("ended by .* messages received: (\\d+)");

	@ParameterizedTest
	@EnumSource
	void everySessionIsClosedAndNoReplyIsLost(Transport transport) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=1s")) {
			List<CompletableFuture<String>> closed = new ArrayList<>();
			List<CompletableFuture<Void>> echoing = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				RawSocket client = transport.open(service.port(), "/websocket");
				CompletableFuture<Void> echoed = new CompletableFuture<>();
				echoing.add(echoed);
				closed.add(CompletableFuture.supplyAsync(() -> echoUntilClosed(client, echoed), threads));
			}
			CompletableFuture.allOf(echoing.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
			assertThat(service.stop()).isEqualTo(143);
			for (CompletableFuture<String> close : closed) {
				assertThat(close.get(20, TimeUnit.SECONDS)).startsWith("88:03e9");
			}
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: " + CLIENTS + ", given up: 0"))
				.noneMatch((line) -> line.contains("ERROR"));
		}
		finally {
			threads.shutdownNow();
		}
	}

	// one message at a time: what is sent before the Close comes either comes back or has
	// not been read
	private static String echoUntilClosed(RawSocket client, CompletableFuture<Void> echoed) {
		try (client) {
			for (int i = 0;; i++) {
				client.sendFrame(0x82, new byte[] { (byte) i });
				String answer = client.readFrame();
				if (answer.startsWith("88:")) {
					client.sendFrame(0x88, new byte[] { 3, (byte) 0xe9 });
					assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
					return answer;
				}
				assertThat(answer).isEqualTo("82:%02x".formatted(i & 0xff));
				echoed.complete(null);
			}
		}
		catch (Exception ex) {
			echoed.completeExceptionally(ex);
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientThatDoesNotAnswerDoesNotHoldTheStop(Transport transport) throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=0");
				RawSocket client = transport.open(service.port(), "/websocket")) {
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
			assertThat(service.stop()).isEqualTo(143);
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: 1, given up: 1"));
		}
	}

	@Test
	void thousandsAreClosedWithinTheWindowAndNoReplyIsLost() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=3s", "-Xmx512m",
				"-Dlogging.level.wsecho.session=debug"); Crowd crowd = new Crowd(service.port(), 2500, 2500)) {
			long start = System.nanoTime();
			assertThat(service.stop()).isEqualTo(143);
			double seconds = (System.nanoTime() - start) / 1e9;
			assertThat(crowd.ends()).containsOnlyKeys("1001").hasSize(1);
			long received = service.log().stream().mapToLong((line) -> number(line, MESSAGES_RECEIVED)).sum();
			System.out.printf("5,000 sessions closed and the process gone in %.1f s; %d sent, %d read, %d answered%n",
					seconds, crowd.sent(), received, crowd.answered());
			assertThat(seconds).isLessThan(8);
			assertThat(crowd.answered()).isPositive().isEqualTo(received);
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: 5000, given up: 0"));
		}
	}

	private static long number(String line, Pattern number) {
		Matcher matcher = number.matcher(line);
		return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
	}

	@Test
	void http2ClientsAreToldAfterTheirSessions() throws Exception {
		List<Http2Connection> connections = new ArrayList<>();
		List<RawSocket> clients = new ArrayList<>();
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=1s")) {
			for (int i = 0; i < CLIENTS; i++) {
				if (i % 10 == 0) {
					connections.add(new Http2Connection(service.port()));
				}
				clients.add(RawSocket.of(connections.get(i / 10).open(Http2Stream.handshake("/websocket"))));
				clients.add(RawSocket.open(service.port(), "/websocket"));
			}
			service.terminate();
			for (RawSocket client : clients) {
				assertThat(client.readFrame()).startsWith("88:03e9");
				client.sendFrame(0x88, new byte[] { 3, (byte) 0xe9 });
				assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
				client.close();
			}
			assertThat(service.stop()).isEqualTo(143);
			await().untilAsserted(() -> assertThat(connections).allMatch(Http2Connection::isGoneAway)
				.noneMatch(Http2Connection::isOpen));
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: " + 2 * CLIENTS + ", given up: 0"));
		}
	}

	@Test
	void pingsGoOnUntilTheSessionIsClosed() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=6s",
				"-Dwsecho.keep-alive.interval=1s", "-Dwsecho.keep-alive.timeout=1s");
				RawSocket one = RawSocket.open(service.port(), "/websocket");
				RawSocket other = RawSocket.open(service.port(), "/websocket")) {
			service.terminate();
			CompletableFuture<Integer> pings = CompletableFuture.supplyAsync(() -> pingsUntilClosed(other));
			// one is closed at once, the other in the middle of the window
			assertThat(Math.max(pingsUntilClosed(one), pings.get(20, TimeUnit.SECONDS))).isBetween(2, 3);
			assertThat(service.stop()).isEqualTo(143);
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: 2, given up: 0"));
		}
	}

	private static int pingsUntilClosed(RawSocket client) {
		try {
			int pings = 0;
			String frame = client.readFrame();
			for (; frame.startsWith("89:"); frame = client.readFrame()) {
				pings++;
				client.sendFrame(0x8a, HexFormat.of().parseHex(frame.substring(3)));
			}
			assertThat(frame).startsWith("88:03e9");
			client.sendFrame(0x88, new byte[] { 3, (byte) 0xe9 });
			return pings;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	// the reply would take longer than the window
	@Test
	void closeOfTheClientIsAnsweredWithinTheWindow() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=1s");
				RawSocket client = RawSocket.open(service.port(), "/websocket?delay=30s")) {
			client.sendFrame(0x81, new byte[] { 'a' }).sendFrame(0x88, new byte[] { 0x0f, (byte) 0xa1 });
			String report = "GET /sessions/" + client.sessionId() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
			await().until(() -> answer(service.port(), report).contains("\"received\":{\"messages\":1,"));
			service.terminate();
			assertThat(client.readFrame()).isEqualTo("88:0fa1");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			client.endOutput();
			assertThat(service.stop()).isEqualTo(143);
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: 1, given up: 0"));
		}
	}

	@Test
	void newHandshakesAreRefusedWhileTheOthersAreWaitedFor() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=0");
				RawSocket stuck = RawSocket.open(service.port(), "/websocket")) {
			service.terminate();
			assertThat(stuck.readFrame()).startsWith("88:03e9");
			// it does not answer, so the service waits
			assertThat(answer(service.port(), RawSocket.handshake("/websocket"))).startsWith("HTTP/1.1 503 ")
				.containsIgnoringCase("retry-after: 5\r\n")
				.contains("is stopping");
			assertThat(answer(service.port(), "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
				.startsWith("HTTP/1.1 503 ");
			// a second signal changes nothing
			assertThat(service.stop()).isEqualTo(143);
		}
	}

	private static String answer(int port, String request) throws IOException {
		try (RawSocket client = new RawSocket(port)) {
			return client.send(request).readResponse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void sessionInTheMiddleOfAMessageEndsAfterTheFragment(Transport transport) throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=0");
				RawSocket client = transport.open(service.port(), "/websocket")) {
			assertThat(client.sendFrame(0x01, new byte[] { 'a' }).readFrame()).isEqualTo("01:61");
			service.terminate();
			assertThat(client.readFrame()).startsWith("88:03e9");
			client.sendFrame(0x00, new byte[] { 'b' }).sendFrame(0x88, new byte[] { 3, (byte) 0xe9 });
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			client.endOutput();
			assertThat(service.stop()).isEqualTo(143);
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: 1, given up: 0"));
		}
	}

	@Test
	void clientThatDoesNotReadDoesNotHoldTheStop() throws Exception {
		AtomicInteger sent = new AtomicInteger();
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=1s");
				RawSocket client = RawSocket.open(service.port(), "/websocket")) {
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> flood(client, sent));
			int[] last = { 0 };
			await().pollInterval(Duration.ofMillis(500)).until(() -> last[0] == (last[0] = sent.get()) && last[0] > 0);
			long start = System.nanoTime();
			assertThat(service.stop()).isEqualTo(143);
			assertThat((System.nanoTime() - start) / 1e9).isLessThan(6);
			assertThat(service.log()).anyMatch((line) -> line.contains("Sessions: 1, given up: 1"))
				.noneMatch((line) -> line.contains("ERROR"));
			sender.get(20, TimeUnit.SECONDS);
		}
	}

	// until the service is gone
	private static void flood(RawSocket client, AtomicInteger sent) {
		try {
			while (true) {
				client.sendFrame(0x82, new byte[60_000]);
				sent.incrementAndGet();
			}
		}
		catch (IOException ex) {
			// it is gone
		}
	}

}
