package wsecho.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import wsecho.fixture.Crowd;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.ServiceProcess;
import wsecho.fixture.ToldEnd;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** When pings come, and who is given up for not answering them. */
@RunningService
@TestPropertySource(properties = "wsecho.keep-alive.interval=1500ms")
class PingTests {

	private static final int SESSIONS = 20;

	private static final int PINGS = 3;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource({ "HTTP_1_1, /websocket?ping=1s, 1000, 5", "HTTP_2, /websocket?ping=1s, 1000, 5",
			"HTTP_1_1, /websocket?ping=1500ms, 1500, 4", "HTTP_1_1, /websocket, 1500, 4" })
	void pingsComeWhenTheyAreDue(Transport transport, String path, long intervalMillis, int count) throws Exception {
		try (RawSocket client = transport.open(this.port, path)) {
			long start = System.nanoTime();
			List<Long> gaps = new ArrayList<>();
			for (long last = start; gaps.size() < count; last = System.nanoTime()) {
				answerPing(client);
				gaps.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last));
			}
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			assertThat(gaps).as("ms between pings").allMatch((gap) -> gap >= intervalMillis * 9 / 10);
			assertThat(millis).as("ms until the last ping, after %s", gaps)
				.isLessThan(count * intervalMillis * 11 / 10);
		}
	}

	private static void answerPing(RawSocket client) throws IOException {
		String ping = client.readFrame();
		assertThat(ping).startsWith("89:");
		client.sendFrame(0x8a, HexFormat.of().parseHex(ping.substring(3)));
	}

	@Test
	void payloadDoesNotTellHowLongTheHostIsUp() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket?ping=1s")) {
			String ping = client.readFrame();
			assertThat(ping).startsWith("89:").hasSize("89:".length() + 2 * Long.BYTES);
			long payload = HexFormat.fromHexDigitsToLong(ping, 3, ping.length());
			assertThat(payload).isNotCloseTo(System.nanoTime(), within(Duration.ofHours(1).toNanos()));
		}
	}

	// suspended for twice the timeout, as a laptop or a frozen container is
	@Test
	@EnabledOnOs(OS.LINUX)
	void clientsThatAnswerOutliveAPauseOfTheService() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.keep-alive.interval=1s",
				"-Dwsecho.keep-alive.timeout=3s");
				Crowd crowd = new Crowd(service.port(), SESSIONS, 0);
				RawSocket silent = RawSocket.open(service.port(), "/websocket")) {
			service.suspend(Duration.ofSeconds(6));
			silent.awaitEnd();
			assertGivenUp(service, silent);
			// once more, so that everybody was asked and judged after the pause
			try (RawSocket later = RawSocket.open(service.port(), "/websocket")) {
				later.awaitEnd();
				assertGivenUp(service, later);
			}
			assertThat(crowd.open()).isEqualTo(SESSIONS);
		}
	}

	private static void assertGivenUp(ServiceProcess service, RawSocket client) {
		assertThat(ToldEnd.of(service.port(), client.sessionId()))
			.isEqualTo(new ToldEnd("network", "keep-alive", 1006));
	}

	// a session that is among the last to be closed, within 20 s
	@Test
	void pingsGoOnWhileTheServiceStops() throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		List<RawSocket> clients = new ArrayList<>();
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=20s")) {
			for (int i = 0; i < SESSIONS; i++) {
				clients.add(RawSocket.open(service.port(), "/websocket?ping=1s"));
			}
			service.terminate();
			// none comes before the first is due, so that all of them come after the
			// signal
			BlockingQueue<Integer> pings = new LinkedBlockingQueue<>();
			clients.forEach((client) -> threads.submit(() -> pings.add(pings(client))));
			int most = 0;
			for (int i = 0; i < SESSIONS && most < PINGS; i++) {
				Integer next = pings.poll(30, TimeUnit.SECONDS);
				most = Math.max(most, (next != null) ? next : 0);
			}
			assertThat(most).isEqualTo(PINGS);
			for (RawSocket client : clients) {
				client.reset();
			}
			assertThat(service.stop()).isEqualTo(143);
		}
		finally {
			threads.shutdownNow();
		}
	}

	// how many come before the Close
	private static int pings(RawSocket client) throws IOException {
		for (int count = 0; count < PINGS; count++) {
			String ping = client.readFrame();
			if (!ping.startsWith("89:")) {
				client.sendFrame(0x88, new byte[] { 3, (byte) 0xe9 });
				return count;
			}
			client.sendFrame(0x8a, HexFormat.of().parseHex(ping.substring(3)));
		}
		return PINGS;
	}

}
