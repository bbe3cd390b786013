package wsecho;

import java.time.Duration;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a session ended, as the service tells it afterwards.
 *
 * @param by who ended it
 * @param how what ended it
 * @param code of the first Close frame, or 1006
 */
record ToldEnd(String by, String how, int code) {

	/**
	 * Asks until it is told.
	 * @param port the service's
	 * @param sessionId the session's
	 */
	static ToldEnd of(int port, String sessionId) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> ask(port, sessionId), (end) -> !end.by().isEmpty());
	}

	private static ToldEnd ask(int port, String sessionId) throws Exception {
		try (RawSocket client = new RawSocket(port)) {
			String answer = client.send("GET /sessions/" + sessionId + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
				.readResponse();
			JsonNode end = JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n"))).path("end");
			return new ToldEnd(end.path("by").asString(""), end.path("how").asString(""), end.path("code").asInt(0));
		}
	}

}
