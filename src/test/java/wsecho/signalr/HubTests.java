package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import wsecho.fixture.RunningService;
import wsecho.signalr.HubClient.Carrier;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What the targets answer, on every transport. */
@RunningService
class HubTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void echoIsTrueToTheByte(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			for (String value : List.of("1e400", "9007199254740993", "[1 , 2 ]", "\"\\u001e\"", "null",
					"{\"a\":\"ä𝄞\"}", "\"" + "x".repeat(30_000) + "\"")) {
				client.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"eCHO\",\"arguments\":[" + value + "]}");
				assertThat(client.next()).isEqualTo("{\"type\":3,\"invocationId\":\"1\",\"result\":" + value + "}");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void recordsAreFoundWhereverTheBytesAreSplit(Carrier carrier) throws Exception {
		byte[] record = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[1]}\u001e"
			.getBytes(StandardCharsets.UTF_8);
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			for (int split = 1; split < record.length; split += 7) {
				client.sendBytes(Arrays.copyOf(record, split))
					.sendBytes(Arrays.copyOfRange(record, split, record.length));
				assertThat(client.next()).endsWith("\"result\":1}");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void manyCallsInOneGoAreAnsweredInTheirOrder(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			List<String> calls = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				calls
					.add("{\"type\":1,\"invocationId\":\"%d\",\"target\":\"Echo\",\"arguments\":[%d]}".formatted(i, i));
			}
			client.send(calls.toArray(String[]::new));
			for (int i = 0; i < 500; i++) {
				assertThat(client.next())
					.isEqualTo("{\"type\":3,\"invocationId\":\"%d\",\"result\":%d}".formatted(i, i));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void callWithoutAnIdIsNeverAnswered(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			client.send("{\"type\":1,\"target\":\"Echo\",\"arguments\":[1]}",
					"{\"type\":1,\"target\":\"Nope\",\"arguments\":[]}",
					"{\"type\":1,\"target\":\"Fail\",\"arguments\":[\"a\"]}",
					"{\"type\":1,\"target\":\"Upload\",\"arguments\":[],\"streamIds\":[\"u\"]}",
					"{\"type\":2,\"invocationId\":\"u\",\"item\":1}", "{\"type\":3,\"invocationId\":\"u\"}",
					"{\"type\":99}", "{\"type\":6}");
			assertThat(client.call("Echo", "2").get("result").intValue()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void errorsAreThoseOfAspNet(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			assertError(client, "Nope", "", "Unknown hub method 'Nope'");
			assertError(client, "Fail", "\"boom\"",
					"An unexpected error occurred invoking 'Fail' on the server. HubException: boom");
			assertError(client, "Echo", "",
					"Failed to invoke 'Echo' due to an error on the server. InvalidDataException: Invocation provides "
							+ "0 argument(s) but target expects 1.");
			assertError(client, "Count", "1,2",
					"The client attempted to invoke the streaming 'Count' method with a non-streaming invocation.");
			assertError(client, "Upload", "",
					"An unexpected error occurred invoking 'Upload' on the server. HubException: Client sent 0 "
							+ "stream(s), Hub method expects 1.");
			assertError(client, "Fail", "1",
					"Failed to invoke 'Fail' due to an error on the server. InvalidDataException: Error binding "
							+ "arguments. Make sure that the types of the provided values match the types of the hub "
							+ "method being invoked.");
			client.send(stream("e", "Echo", "1"));
			assertThat(client.next()).contains(
					"The client attempted to invoke the non-streaming 'Echo' method with a streaming invocation.");
			client.send(stream("s", "Count", "1000001,0"));
			assertThat(client.next()).contains("n is 1000001; it must be from 0 to 1000000.");
		}
	}

	private static void assertError(HubClient client, String target, String arguments, String error) throws Exception {
		JsonNode answer = client.call(target, arguments);
		assertThat(answer.get("error").stringValue()).isEqualTo(error);
		assertThat(answer.has("result")).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void streamIsSentAndACancelledOneCompletesToo(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			client.send(stream("s", "Count", "3,10"));
			for (int i = 1; i <= 3; i++) {
				assertThat(client.next()).isEqualTo("{\"type\":2,\"invocationId\":\"s\",\"item\":" + i + "}");
			}
			assertThat(client.next()).isEqualTo("{\"type\":3,\"invocationId\":\"s\"}");
			client.send(stream("t", "Count", "1000000,1"));
			assertThat(client.next()).contains("\"item\":1");
			client.send("{\"type\":5,\"invocationId\":\"t\"}");
			String last = client.next();
			for (int i = 0; last.contains("\"item\"") && i < 100_000; i++) {
				last = client.next();
			}
			assertThat(last).isEqualTo("{\"type\":3,\"invocationId\":\"t\"}");
			assertThat(client.call("Echo", "1").get("result").intValue()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientIsCalledAndAsked(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			assertThat(client.call("Send", "1,\"b\"").toString())
				.isEqualTo("{\"type\":1,\"target\":\"Echo\",\"arguments\":[1,\"b\"]}");
			assertThat(client.next()).isEqualTo("{\"type\":3,\"invocationId\":\"c\",\"result\":null}");
			JsonNode asked = client.call("Ask", "7");
			assertThat(asked.get("target").stringValue()).isEqualTo("Ask");
			String id = asked.get("invocationId").stringValue();
			client.send("{\"type\":3,\"invocationId\":\"" + id + "\",\"result\":1e400}");
			assertThat(client.next()).isEqualTo("{\"type\":3,\"invocationId\":\"c\",\"result\":1e400}");
			id = client.call("Ask", "8").get("invocationId").stringValue();
			client.send("{\"type\":3,\"invocationId\":\"" + id + "\",\"error\":\"no\"}");
			assertThat(client.next()).contains("HubException: no");
		}
	}

	@ParameterizedTest
	@EnumSource
	void uploadIsCountedOrComesBack(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			client.send(
					"{\"type\":1,\"invocationId\":\"u\",\"target\":\"Upload\",\"arguments\":[],\"streamIds\":[\"0\"]}",
					"{\"type\":2,\"invocationId\":\"0\",\"item\":1e400}",
					"{\"type\":2,\"invocationId\":\"0\",\"item\":2}", "{\"type\":3,\"invocationId\":\"0\"}");
			assertThat(client.next())
				.isEqualTo("{\"type\":3,\"invocationId\":\"u\",\"result\":{\"items\":2,\"bytes\":6}}");
			client.send(
					"{\"type\":4,\"invocationId\":\"v\",\"target\":\"Upload\",\"arguments\":[],\"streamIds\":[\"1\"]}",
					"{\"type\":2,\"invocationId\":\"1\",\"item\":[ 1]}", "{\"type\":3,\"invocationId\":\"1\"}");
			assertThat(client.next()).isEqualTo("{\"type\":2,\"invocationId\":\"v\",\"item\":[ 1]}");
			assertThat(client.next()).isEqualTo("{\"type\":3,\"invocationId\":\"v\"}");
		}
	}

	@ParameterizedTest
	@EnumSource
	void reportTellsOfEveryRequestAndOfNoSecret(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "access_token=verysecret")) {
			JsonNode report = client.call("Report", "").get("result");
			assertThat(report.get("transport").stringValue()).isEqualToIgnoringCase(switch (carrier) {
				case WEBSOCKETS -> "WebSockets";
				case EVENTS -> "ServerSentEvents";
				case POLLING -> "LongPolling";
			});
			List<String> requests = new ArrayList<>();
			report.get("requests").forEach((each) -> requests.add(each.get("request").stringValue()));
			assertThat(requests).startsWith("negotiate", "connect")
				.hasSize((carrier == Carrier.WEBSOCKETS) ? 2 : (carrier == Carrier.EVENTS) ? 3 : 4);
			assertThat(report.at("/requests/1/first/request").stringValue()).contains("access_token=[10]")
				.doesNotContain(client.target);
			assertThat(report.toString()).doesNotContain("verysecret");
			assertThat(report.at("/requests/0/first/headerFields").intValue()).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closeIsSentAsAskedFor(Carrier carrier) throws Exception {
		for (String asked : List.of("\"why\",true", "null,false")) {
			try (HubClient client = HubClient.open(carrier, this.port, "")) {
				client.send("{\"type\":1,\"target\":\"Close\",\"arguments\":[" + asked + "]}");
				assertThat(client.rest()).containsExactly(asked.startsWith("null") ? "{\"type\":7}"
						: "{\"type\":7,\"error\":\"why\",\"allowReconnect\":true}");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void recordOverTheLimitEndsTheConnection(Carrier carrier) throws Exception {
		String call = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[\"";
		int fits = 32 * 1024 - call.length() - "\"]}\u001e".length();
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			client.send(call + "x".repeat(fits) + "\"]}");
			assertThat(client.next()).endsWith("xxx\"}");
			client.send(call + "x".repeat(fits + 1) + "\"]}");
			assertThat(client.rest()).containsExactly(
					"{\"type\":7,\"error\":\"Connection closed with an error. InvalidDataException: The maximum message "
							+ "size of 32768B was exceeded. The message size can be configured in AddHubOptions.\","
							+ "\"allowReconnect\":true}");
		}
	}

	@ParameterizedTest
	@EnumSource
	void depthDoesNotBreakIt(Carrier carrier) throws Exception {
		String deep = "[".repeat(10_000) + "]".repeat(10_000);
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			client.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[" + deep + "]}");
			assertThat(client.next()).endsWith(":" + deep + "}");
		}
	}

	@ParameterizedTest
	@EnumSource
	void tenOngoingCallsAreTheMost(Carrier carrier) throws Exception {
		try (HubClient client = HubClient.open(carrier, this.port, "")) {
			for (int i = 0; i < 10; i++) {
				client.send("{\"type\":1,\"target\":\"Upload\",\"arguments\":[],\"streamIds\":[\"" + i + "\"]}");
			}
			client.send(stream("s", "Count", "1,0"));
			assertThat(client.next()).contains("10 streams, uploads and questions under way");
			client.send("{\"type\":3,\"invocationId\":\"4\"}", stream("s", "Count", "1,0"));
			assertThat(client.next()).contains("\"item\":1");
		}
	}

	@ParameterizedTest
	@EnumSource
	void handshakeIsRefusedInWords(Carrier carrier) throws Exception {
		for (String record : List.of("{\"protocol\":\"messagepack\",\"version\":1}", "{\"protocol\":\"json\"}",
				"{\"protocol\":\"json\",\"version\":3}", "nonsense")) {
			try (HubClient client = HubClient.connect(carrier, this.port, "").send(record)) {
				List<String> rest = client.rest();
				assertThat(rest).hasSize(1);
				assertThat(rest.get(0)).startsWith("{\"error\":\"");
			}
		}
		for (int version : new int[] { 0, 1, 2 }) {
			try (HubClient client = HubClient.connect(carrier, this.port, "")
				.send("{\"protocol\":\"json\",\"version\":" + version + "}")) {
				assertThat(client.next()).isEqualTo("{}");
			}
		}
	}

	private static String stream(String id, String target, String arguments) {
		return "{\"type\":4,\"invocationId\":\"%s\",\"target\":\"%s\",\"arguments\":[%s]}".formatted(id, target,
				arguments);
	}

}
