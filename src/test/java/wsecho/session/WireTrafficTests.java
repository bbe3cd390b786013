package wsecho.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is told of a session's frames, pings and times. */
@RunningService
class WireTrafficTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void framesAreCountedAsTheyWereOnTheWire(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?ping=0")) {
			assertThat(ask(client).at("/received/frames").asLong()).isZero();
			client.sendFrame(0x01, new byte[] { 'a', 'b' }).sendFrame(0x80, new byte[] { 'c' });
			assertThat(client.readFrame()).isEqualTo("01:6162");
			assertThat(client.readFrame()).isEqualTo("80:63");
			// decoded in two pieces
			client.sendFrame(0x82, new byte[100_000]);
			int read = 0;
			while (read < 100_000) {
				client.readFirst();
				read += client.readPayload().length;
			}
			JsonNode received = ask(client).get("received");
			assertThat(received.get("messages").asLong()).isEqualTo(2);
			assertThat(received.get("frames").asLong()).isEqualTo(3);
			assertThat(received.get("largestFrame").asLong()).isEqualTo(100_000);
		}
	}

	@Test
	void compressedFrameHasItsLengthOnTheWire() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket?compress=true",
				"Sec-WebSocket-Extensions: permessage-deflate")) {
			// RFC 7692, 7.2.3.1: "Hello"
			client.sendFrame(0xc1, new byte[] { (byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00 });
			client.readFrame();
			JsonNode received = ask(client).get("received");
			assertThat(received.get("bytes").asLong()).isEqualTo(5);
			assertThat(received.get("largestFrame").asLong()).isEqualTo(7);
		}
	}

	@ParameterizedTest
	@EnumSource
	void pingsAndPongsAreCountedAndTimed(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/websocket?ping=1s")) {
			assertThat(ask(client).get("pings").toString())
				.isEqualTo("{\"sent\":0,\"pongs\":0," + "\"lastRoundTripMillis\":null,\"leastRoundTripMillis\":null}");
			assertThat(client.readFirst()).isEqualTo(0x89);
			byte[] payload = client.readPayload();
			// one that answers no ping says nothing of the way there
			client.sendFrame(0x8a, new byte[] { 'x' });
			await().untilAsserted(() -> assertThat(ask(client).at("/pings/pongs").asInt()).isEqualTo(1));
			assertThat(ask(client).at("/pings/lastRoundTripMillis").isNull()).isTrue();
			client.sendFrame(0x8a, payload);
			await().untilAsserted(() -> assertThat(ask(client).at("/pings/pongs").asInt()).isEqualTo(2));
			JsonNode pings = ask(client).get("pings");
			assertThat(pings.get("sent").asInt()).isPositive();
			assertThat(pings.get("lastRoundTripMillis").asDouble()).isBetween(0.001, 20_000.0)
				.isEqualTo(pings.get("leastRoundTripMillis").asDouble());
		}
	}

	@Test
	void leastRoundTripStays() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket?ping=1s")) {
			client.readFirst();
			client.sendFrame(0x8a, client.readPayload()).readFirst();
			byte[] second = client.readPayload();
			double first = ask(client).at("/pings/lastRoundTripMillis").asDouble();
			// longer than the first took, however long that was
			Instant until = Instant.now().plusMillis(50 + (long) first);
			await().until(() -> Instant.now().isAfter(until));
			client.sendFrame(0x8a, second);
			await().untilAsserted(() -> assertThat(ask(client).at("/pings/pongs").asInt()).isEqualTo(2));
			JsonNode pings = ask(client).get("pings");
			assertThat(pings.get("leastRoundTripMillis").asDouble()).isEqualTo(first);
			assertThat(pings.get("lastRoundTripMillis").asDouble()).isGreaterThan(first + 50);
		}
	}

	@Test
	void timeOfTheLastThingInEachDirectionIsTold() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket/push?count=2&every=200ms")) {
			client.readFrame();
			client.readFrame();
			client.sendFrame(0x88, new byte[0]).awaitEnd();
			await().untilAsserted(() -> assertThat(ask(client).get("end").isNull()).isFalse());
			JsonNode told = ask(client);
			assertThat(time(told, "/sent/last")).isBetween(time(told, "/start"), time(told, "/end/time"));
			assertThat(time(told, "/received/last")).isBetween(time(told, "/start"), time(told, "/end/time"));
		}
	}

	@Test
	void nothingHasGoneThroughASessionThatIsSilent() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket?ping=0")) {
			JsonNode told = ask(client);
			assertThat(told.at("/received/last").isNull()).isTrue();
			assertThat(told.at("/sent/last").isNull()).isTrue();
		}
	}

	@Test
	void everyMemberIsDocumented() throws Exception {
		String documented = Files.readString(Path.of("src/main/docs/messages.md"));
		try (RawSocket client = RawSocket.open(this.port, "/websocket/close/1000")) {
			client.sendFrame(0x88, new byte[0]).awaitEnd();
			await().untilAsserted(() -> assertThat(ask(client).get("end").isNull()).isFalse());
			assertThat(members(ask(client), "")).hasSizeGreaterThan(20)
				.allSatisfy((member) -> assertThat(documented).contains("\n| `" + member + "` | "));
		}
	}

	private static Stream<String> members(JsonNode node, String prefix) {
		return node.propertyStream()
			.flatMap((each) -> each.getValue().isObject() ? members(each.getValue(), prefix + each.getKey() + ".")
					: Stream.of(prefix + each.getKey()));
	}

	private static Instant time(JsonNode told, String pointer) {
		return Instant.parse(told.at(pointer).stringValue());
	}

	private JsonNode ask(RawSocket session) throws IOException {
		try (RawSocket client = new RawSocket(this.port)) {
			String answer = client.send("GET /sessions/" + session.sessionId() + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
				.readResponse();
			return JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
		}
	}

}
