package wsecho.memory;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jspecify.annotations.Nullable;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is held for all clients together is bounded, counted and given back. */
@EnabledOnOs(OS.LINUX)
class HeldForClientsTests {

	private static final long LIMIT = 8 << 20;

	/** What those who hold nothing yet may take meanwhile: a read each. */
	private static final long SLACK = 1 << 20;

	private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

	private static @Nullable ServiceProcess service;

	private final List<RawSocket> clients = new ArrayList<>();

	@BeforeAll
	static void start() throws Exception {
		service = ServiceProcess.start("-Dwsecho.limits.memory=8MB", "-Dwsecho.limits.sessions=1000", "-Xmx96m");
	}

	@AfterAll
	static void stop() {
		service().close();
	}

	@AfterEach
	void everythingIsGivenBack() throws IOException {
		for (RawSocket client : this.clients) {
			end(client);
		}
		await().untilAsserted(() -> assertThat(used()).isZero());
	}

	static Stream<Arguments> holders() {
		byte[] half = Arrays.copyOf(RawSocket.frame(0x82, new byte[65_000]), 60_000);
		return Stream.of(
				Arguments.of("header fields", 800, RawSocket.handshake("/websocket", "Cookie: " + "a".repeat(7000)),
						new byte[0]),
				Arguments.of("compression", 40, RawSocket.handshake("/websocket?compress=true", DEFLATE), new byte[0]),
				Arguments.of("delayed replies", 60, RawSocket.handshake("/websocket?delay=1m"),
						repeat(RawSocket.frame(0x82, new byte[1000]), 1000)),
				Arguments.of("delayed replies of one byte", 60, RawSocket.handshake("/websocket?delay=1m"),
						repeat(RawSocket.frame(0x82, new byte[1]), 8000)),
				Arguments.of("half a frame", 200, RawSocket.handshake("/websocket"), half),
				Arguments.of("half a record of a hub", 400, RawSocket.handshake("/signalr"), hub("x".repeat(30_000))),
				Arguments.of("held handshakes", 900,
						RawSocket.handshake("/websocket?handshake-delay=1m", "Cookie: " + "a".repeat(7000)),
						new byte[0]));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("holders")
	void newSessionsAreRefusedWhenLittleIsLeft(String what, int count, String handshake, byte[] data) throws Exception {
		RawSocket other = open();
		for (int i = 0; i < count; i++) {
			hold(handshake, data);
		}
		assertThat(refusal()).contains("wsecho.limits.memory").containsIgnoringCase("retry-after: ");
		assertThat(used()).isBetween(LIMIT / 2, LIMIT + SLACK);
		assertEchoes(other);
	}

	@Test
	void unreadMessagesArePushedAPieceAtATime() throws Exception {
		RawSocket other = open();
		for (int i = 0; i < 300; i++) {
			hold(RawSocket.handshake("/websocket/push?size=1MB&every=1ms"), new byte[0]);
		}
		assertEchoes(other);
		assertThat(used()).isLessThan(LIMIT + SLACK);
	}

	@Test
	void streamsOfAHubThatAreNotReadAreNotMade() throws Exception {
		RawSocket other = open();
		byte[] stream = hub("{\"type\":4,\"invocationId\":\"a\",\"target\":\"Count\",\"arguments\":[1000000,0]}\u001e");
		for (int i = 0; i < 300; i++) {
			hold(RawSocket.handshake("/signalr"), stream);
		}
		assertEchoes(other);
		assertThat(used()).isLessThan(LIMIT + SLACK);
	}

	@Test
	void sessionsOfHttp2AreCountedWithTheirWindows() throws Exception {
		for (int i = 0; i < 30; i++) {
			RawSocket client = RawSocket.openHttp2(service().port(), "/websocket?delay=1m");
			this.clients.add(client);
			client.send(repeat(RawSocket.frame(0x82, new byte[1000]), 40));
		}
		await().untilAsserted(() -> assertThat(used()).isGreaterThan(30 * 40 * 1000L));
		assertThat(used()).isLessThan(LIMIT + SLACK);
	}

	@Test
	void requestsThatDoNotEndMakeRoomForOthers() throws Exception {
		RawSocket other = open();
		for (int i = 0; i < 600; i++) {
			RawSocket client = new RawSocket(service().port());
			this.clients.add(client);
			client.send("GET / HTTP/1.1\r\nHost: localhost\r\n" + "a: b\r\n".repeat(90));
		}
		await().untilAsserted(() -> assertThat(used()).isLessThan(LIMIT + SLACK));
		assertEchoes(other);
		try (RawSocket probe = new RawSocket(service().port())) {
			probe.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(probe.readResponse()).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void thoseWhoHoldMostAreEndedAndNobodyElse() throws Exception {
		byte[] frame = RawSocket.frame(0x82, new byte[60_000]);
		List<RawSocket> small = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			small.add(open());
		}
		List<RawSocket> large = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			RawSocket client = RawSocket.open(service().port(), "/websocket?delay=1m");
			this.clients.add(client);
			large.add(client.send(repeat(RawSocket.frame(0x82, new byte[1000]), 820)));
		}
		await().untilAsserted(() -> assertThat(used()).isGreaterThan(5_000_000));
		for (RawSocket each : small) {
			each.send(Arrays.copyOf(frame, 50_000));
		}
		await().untilAsserted(() -> assertThat(ends(large)).contains("\"how\":\"memory\"", "\"end\":null"));
		for (RawSocket each : small) {
			each.send(Arrays.copyOfRange(frame, 50_000, frame.length));
			assertThat(each.readFirst()).isEqualTo(0x82);
			assertThat(each.readPayload()).hasSize(60_000);
		}
	}

	private RawSocket open() throws IOException {
		RawSocket client = RawSocket.open(service().port(), "/websocket");
		this.clients.add(client);
		return client;
	}

	/** A client that never reads; what it sends may not all be taken. */
	private RawSocket hold(String handshake, byte[] data) throws IOException {
		RawSocket client = new RawSocket(service().port());
		this.clients.add(client);
		client.send(handshake);
		if (data.length > 0 && client.readHead().startsWith("HTTP/1.1 101 ")) {
			try {
				client.send(data);
			}
			catch (SocketException ex) {
				// it has been ended meanwhile
			}
		}
		return client;
	}

	private static String refusal() throws IOException {
		try (RawSocket client = new RawSocket(service().port())) {
			return client.send(RawSocket.handshake("/websocket?compress=true", DEFLATE)).readResponse();
		}
	}

	private static void assertEchoes(RawSocket client) throws IOException {
		assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
	}

	/** What a client of a hub sends. */
	private static byte[] hub(String more) {
		return RawSocket.frame(0x81,
				("{\"protocol\":\"json\",\"version\":1}\u001e" + more).getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] repeat(byte[] frame, int count) {
		byte[] frames = new byte[count * frame.length];
		for (int i = 0; i < count; i++) {
			System.arraycopy(frame, 0, frames, i * frame.length, frame.length);
		}
		return frames;
	}

	// over HTTP/2 the reset is that of the stream
	private static void end(RawSocket client) throws IOException {
		try (client) {
			client.reset();
		}
		catch (SocketException ex) {
			// it has been ended already
		}
	}

	private static String ends(List<RawSocket> clients) throws Exception {
		StringBuilder ends = new StringBuilder();
		for (RawSocket client : clients) {
			ends.append(get(service().port(), "/sessions/" + client.sessionId()));
		}
		return ends.toString();
	}

	private static long used() throws Exception {
		Matcher used = Pattern.compile("(?m)^wsecho_memory_used_bytes (\\S+)")
			.matcher(get(service().managementPort(), "/actuator/prometheus"));
		assertThat(used.find()).isTrue();
		return (long) Double.parseDouble(used.group(1));
	}

	private static String get(int port, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	private static ServiceProcess service() {
		return Objects.requireNonNull(service);
	}

}
