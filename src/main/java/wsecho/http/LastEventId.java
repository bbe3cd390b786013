package wsecho.http;

import java.nio.charset.StandardCharsets;

import org.springframework.http.server.reactive.ServerHttpRequest;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reports which event a client that comes again has seen last (WHATWG HTML, 9.2.4). */
final class LastEventId {

	private static final int MAX_LENGTH = 200;

	private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private LastEventId() {
	}

	/** A member of JSON, after a comma; of a long id the beginning. Empty without one. */
	static String of(ServerHttpRequest request) {
		String field = request.getHeaders().getFirst("Last-Event-ID");
		if (field == null) {
			return "";
		}
		// its bytes are UTF-8, and each is a char
		String id = new String(field.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
		return ",\"lastEventId\":"
				+ JSON.writeValueAsString((id.length() > MAX_LENGTH) ? id.substring(0, MAX_LENGTH) : id);
	}

}
