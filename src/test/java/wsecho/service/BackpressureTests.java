package wsecho.service;

import java.util.Objects;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jspecify.annotations.Nullable;
import wsecho.fixture.Bomb;
import wsecho.fixture.Flood;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that does not read is not read from, and costs little whatever it sends. */
@EnabledOnOs(OS.LINUX)
class BackpressureTests {

	private static final int CLIENTS = 8;

	// what the kernel may hold for the two ends, many times over
	private static final long MOST_SENT = 128L * 1024 * 1024;

	private static final long MOST_GROWTH_MEGABYTES = 150;

	private static final int ENDING_CLIENTS = 20;

	private static final long MOST_HEAP_GROWTH = 20L * 1024 * 1024;

	private static final long LEFT_HEAP = 5L * 1024 * 1024;

	private static @Nullable ServiceProcess service;

	@BeforeAll
	static void start() throws Exception {
		service = ServiceProcess.start("-Dwsecho.limits.sessions=1000", "-Xmx128m");
	}

	@AfterAll
	static void stop() {
		service().close();
	}

	static Stream<Arguments> floods() {
		String plain = RawSocket.handshake("/websocket");
		String compressed = RawSocket.handshake("/websocket?compress=true",
				"Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover");
		return Stream.of(Arguments.of("messages of 4 MiB", plain, RawSocket.frame(0x82, new byte[4 << 20])),
				Arguments.of("messages of 60 KB", plain, RawSocket.frame(0x82, new byte[60_000])),
				Arguments.of("messages of 10 bytes", plain, RawSocket.frame(0x82, new byte[10])),
				Arguments.of("pings", plain, RawSocket.frame(0x89, new byte[0])),
				Arguments.of("deflate bombs", compressed, RawSocket.frame(0xc2, Bomb.of(64))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("floods")
	void clientsThatDoNotReadAreStopped(String what, String handshake, byte[] frame) throws Exception {
		long sockets = service().sockets();
		for (int round = 0; round < 2; round++) {
			long before = service().residentMegabytes();
			try (Flood flood = new Flood(service().port(), CLIENTS, handshake, frame)) {
				long sent = flood.run(MOST_SENT);
				long growth = service().residentMegabytes() - before;
				System.out.printf("%s, round %d: %d MiB resident, %d more; %d KiB taken of one client%n", what, round,
						before + growth, growth, sent / 1024);
				assertThat(sent).isLessThan(MOST_SENT);
				assertThat(growth).isLessThan(MOST_GROWTH_MEGABYTES);
				assertOthersAreServed();
			}
			Awaitility.await().untilAsserted(() -> assertThat(service().sockets()).isEqualTo(sockets));
		}
		assertThat(service().log()).noneMatch((line) -> line.contains("ERROR") || line.contains("WARN"));
	}

	// Netty reads what the kernel has, once the client's end was seen (EPOLLRDHUP)
	@Test
	void endOfAClientThatDoesNotReadIsNoWayAround() throws Exception {
		// the first look at the heap leaves a socket open, that of the JVM's attach
		// listener
		long before = service().liveHeapBytes();
		long sockets = service().sockets();
		byte[] frame = RawSocket.frame(0x82, new byte[] { 1 });
		try (Flood flood = new Flood(service().port(), ENDING_CLIENTS, RawSocket.handshake("/websocket"), frame)) {
			flood.runAndEnd(5 << 19);
			assertOthersAreServed();
			long growth = service().liveHeapBytes() - before;
			System.out.printf("%d clients that end: %d KiB more of heap%n", ENDING_CLIENTS, growth / 1024);
			assertThat(growth).isLessThan(MOST_HEAP_GROWTH);
			assertOthersAreServed();
			assertThat(flood.readOwed()).containsOnly(0L);
		}
		Awaitility.await().untilAsserted(() -> assertThat(service().sockets()).isEqualTo(sockets));
		assertThat(service().liveHeapBytes() - before).isLessThan(LEFT_HEAP);
		assertThat(service().log()).noneMatch((line) -> line.contains("ERROR") || line.contains("WARN"));
	}

	private static void assertOthersAreServed() throws Exception {
		try (RawSocket client = RawSocket.open(service().port(), "/websocket")) {
			for (int i = 0; i < 100; i++) {
				assertThat(client.sendFrame(0x82, new byte[] { (byte) i }).readFrame())
					.isEqualTo("82:%02x".formatted(i));
			}
		}
	}

	private static ServiceProcess service() {
		return Objects.requireNonNull(service);
	}

}
