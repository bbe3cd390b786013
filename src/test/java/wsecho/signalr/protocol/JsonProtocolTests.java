package wsecho.signalr.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Messages are read whatever the order of their properties, and values stay bytes. */
class JsonProtocolTests {

	@ParameterizedTest
	@ValueSource(strings = { "1e400", "9007199254740993", "-0.0", "1.50", "\"\\u001e\"", "\"ä𝄞\"", "\"\"", "null",
			"true", "[ 1 ,\t2\n]", "{\"a\" : [{}, { } ] }", "[]", "{}", "\"a\\\"b\\\\\"" })
	void valueStaysAsItWasWritten(String value) throws Exception {
		for (String between : List.of("", " ", "\r\n")) {
			HubMessage message = read("{\"arguments\":" + between + "[" + between + value + between + "," + value
					+ between + "]" + between + ",\"target\":\"Echo\",\"type\":1,\"invocationId\":\"7\"}");
			HubMessage.Invocation invocation = (HubMessage.Invocation) message;
			assertThat(invocation.arguments()).extracting(JsonValue::toString).containsExactly(value, value);
			assertThat(text(JsonProtocol.completion("7", invocation.arguments().get(1))))
				.isEqualTo("{\"type\":3,\"invocationId\":\"7\",\"result\":" + value + "}\u001e");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e400", "9007199254740993", "\"a\"", "null", "[1,[2]]", "{\"a\":{}}" })
	void itemAndResultStayAsTheyWereWritten(String value) throws Exception {
		assertThat(
				((HubMessage.StreamItem) read("{\"type\":2,\"item\": " + value + " ,\"invocationId\":\"0\"}")).item())
			.hasToString(value);
		assertThat(
				((HubMessage.Completion) read("{\"result\":" + value + ",\"type\":3,\"invocationId\":\"0\"}")).result())
			.hasToString(value);
	}

	@Test
	void nestingAndLengthOfNumbersHaveNoLimitOfTheirOwn() throws Exception {
		String deep = "[".repeat(10_000) + "]".repeat(10_000);
		assertThat(argument(deep)).hasToString(deep);
		String number = "1".repeat(20_000);
		assertThat(argument(number)).hasToString(number);
	}

	private static JsonValue argument(String value) throws Exception {
		return ((HubMessage.Invocation) read("{\"type\":1,\"target\":\"Echo\",\"arguments\":[" + value + "]}"))
			.arguments()
			.get(0);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "[] | Expected a JSON Object", "{} | 'type'", "{\"type\":\"1\"} | 'type'",
					"{\"type\":1,\"arguments\":[]} | 'target'", "{\"type\":1,\"target\":\"a\"} | 'arguments'",
					"{\"type\":1,\"target\":1,\"arguments\":[]} | 'target' to be of type String",
					"{\"type\":1,\"target\":\"a\",\"arguments\":{}} | 'arguments' to be of type Array",
					"{\"type\":4,\"target\":\"a\",\"arguments\":[]} | 'invocationId'",
					"{\"type\":4,\"invocationId\":\"\",\"target\":\"a\",\"arguments\":[]} | 'invocationId'",
					"{\"type\":2,\"invocationId\":\"a\"} | 'item'", "{\"type\":3} | 'invocationId'",
					"{\"type\":3,\"invocationId\":\"a\",\"error\":\"b\",\"result\":1} | mutually exclusive",
					"{\"type\":5} | 'invocationId'", "{\"type\":6}} | Error reading JSON",
					"{\"type\":6 | Error reading JSON", "{\"type\":99999999999} | Error reading JSON",
					"nonsense | Error reading JSON" })
	void whatIsWrongIsNamed(String record, String problem) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(record))
			.withMessageContaining(problem);
	}

	@Test
	void bytesThatAreNoUtf8AreRefused() {
		byte[] record = "{\"type\":6,\"a\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
		record[15] = (byte) 0xC0;
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> JsonProtocol.read(record));
	}

	@Test
	void unknownTypesAndPropertiesArePassedOver() throws Exception {
		assertThat(read("{\"type\":9,\"sequenceId\":1}")).isInstanceOf(HubMessage.Unknown.class);
		assertThat(read("{\"headers\":{\"type\":[7]},\"type\":6,\"new\":[1,{\"type\":7}]}"))
			.isInstanceOf(HubMessage.Ping.class);
	}

	@Test
	void emptyIdIsNone() throws Exception {
		HubMessage message = read("{\"type\":1,\"target\":\"a\",\"arguments\":[],\"invocationId\":\"\"}");
		assertThat(((HubMessage.Invocation) message).id()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "json | 0 | ", "json | 1 |", "json | 2 |",
					"json | 3 | The server does not support version 3 of the 'json' protocol.",
					"messagepack | 1 | The protocol 'messagepack' is not supported." })
	void handshakeIsTakenUpToVersionTwo(String protocol, int version, String refusal) throws Exception {
		byte[] record = "{\"protocol\":\"%s\",\"version\":%d}".formatted(protocol, version)
			.getBytes(StandardCharsets.UTF_8);
		assertThat(JsonProtocol.readHandshake(record).refusal()).isEqualTo(refusal);
	}

	@Test
	void absentResultIsNotNull() {
		assertThat(text(JsonProtocol.completion("1", null))).isEqualTo("{\"type\":3,\"invocationId\":\"1\"}\u001e");
		assertThat(text(JsonProtocol.completion("1", JsonValue.NULL)))
			.isEqualTo("{\"type\":3,\"invocationId\":\"1\",\"result\":null}\u001e");
	}

	private static HubMessage read(String record) throws ProtocolException {
		return JsonProtocol.read(record.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(byte[] record) {
		return new String(record, StandardCharsets.UTF_8);
	}

}
