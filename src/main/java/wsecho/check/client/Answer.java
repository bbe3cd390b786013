package wsecho.check.client;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import wsecho.check.table.Facts;

/**
 * An HTTP response.
 *
 * @param version 1 for HTTP/1.1, 2 for HTTP/2
 * @param status its status code
 * @param fields its header fields
 * @param body the beginning of its body
 * @param connection what is known of the connection
 */
public record Answer(int version, int status, HttpHeaders fields, String body, Facts connection) {

	/** Whether it opens what a handshake asked for (RFC 6455, 4.1; RFC 8441, 5). */
	public boolean opens() {
		return this.status == ((this.version == 2) ? 200 : 101);
	}

	Answer on(Connection made) {
		return new Answer(this.version, this.status, this.fields, this.body, made.facts());
	}

	public @Nullable String field(String name) {
		return this.fields.get(name);
	}

	/** The values of a field that may stand more than once. */
	public List<String> values(String name) {
		return this.fields.getAll(name);
	}

	/** Whether a field that is a list has an element, in any case. */
	public boolean lists(String name, String element) {
		return this.fields.containsValue(name, element, true);
	}

	/** Its media type without parameters, or null. */
	public @Nullable String type() {
		String type = field("Content-Type");
		return (type != null) ? type.split(";", 2)[0].trim() : null;
	}

	/** Its body, if that is JSON. */
	public JsonNode json() {
		try {
			return JsonMapper.shared().readTree(this.body);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

}
