package wsecho.check;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * An HTTP response.
 *
 * @param status its status code
 * @param fields its header fields
 * @param body the beginning of its body
 */
record Answer(int status, HttpHeaders fields, String body) {

	@Nullable String field(String name) {
		return this.fields.get(name);
	}

	/** Its media type without parameters, or null. */
	@Nullable String type() {
		String type = field("Content-Type");
		return (type != null) ? type.split(";", 2)[0].trim() : null;
	}

	/** Its body, if that is JSON. */
	JsonNode json() {
		try {
			return Table.JSON.readTree(this.body);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

}
