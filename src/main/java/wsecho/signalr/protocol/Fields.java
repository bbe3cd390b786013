package wsecho.signalr.protocol;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The properties of one message, in whichever order they come; others are skipped. */
final class Fields {

	private final byte[] record;

	private final JsonParser parser;

	private @Nullable Integer type;

	private @Nullable String invocationId;

	private @Nullable String target;

	private @Nullable List<JsonValue> arguments;

	private List<String> streamIds = List.of();

	private @Nullable JsonValue item;

	private @Nullable JsonValue result;

	private @Nullable String error;

	Fields(byte[] record, JsonParser parser) {
		this.record = record;
		this.parser = parser;
	}

	/** Reads the value of a property, which is the current token. */
	void read(String name) throws ProtocolException {
		switch (name) {
			case "type" -> this.type = number(name);
			case "invocationId" -> this.invocationId = id(name);
			case "target" -> this.target = string(name);
			case "arguments" -> this.arguments = values(name);
			case "streamIds" -> this.streamIds = strings(name);
			case "item" -> this.item = value();
			case "result" -> this.result = value();
			case "error" -> this.error = string(name);
			default -> this.parser.skipChildren();
		}
	}

	HubMessage message() throws ProtocolException {
		return switch (require("type", this.type)) {
			case 1 -> invocation(this.invocationId, false);
			case 2 -> new HubMessage.StreamItem(require("invocationId", this.invocationId), require("item", this.item));
			case 3 -> completion();
			case 4 -> invocation(require("invocationId", this.invocationId), true);
			case 5 -> new HubMessage.Cancel(require("invocationId", this.invocationId));
			case 6 -> new HubMessage.Ping();
			case 7 -> new HubMessage.Close();
			default -> new HubMessage.Unknown();
		};
	}

	private HubMessage invocation(@Nullable String id, boolean streaming) throws ProtocolException {
		return new HubMessage.Invocation(id, require("target", this.target), require("arguments", this.arguments),
				this.streamIds, streaming);
	}

	private HubMessage completion() throws ProtocolException {
		if (this.error != null && this.result != null) {
			throw new ProtocolException("The 'error' and 'result' properties are mutually exclusive.");
		}
		return new HubMessage.Completion(require("invocationId", this.invocationId), this.error, this.result);
	}

	private static <T> T require(String name, @Nullable T value) throws ProtocolException {
		if (value == null) {
			throw ProtocolException.missing(name);
		}
		return value;
	}

	private int number(String name) throws ProtocolException {
		if (!this.parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
			throw expected(name, "Number");
		}
		return this.parser.getIntValue();
	}

	private @Nullable String string(String name) throws ProtocolException {
		if (this.parser.hasToken(JsonToken.VALUE_NULL)) {
			return null;
		}
		if (!this.parser.hasToken(JsonToken.VALUE_STRING)) {
			throw expected(name, "String");
		}
		return this.parser.getString();
	}

	// an empty one counts as none
	private @Nullable String id(String name) throws ProtocolException {
		String id = string(name);
		return (id == null || id.isEmpty()) ? null : id;
	}

	private List<String> strings(String name) throws ProtocolException {
		List<String> strings = new ArrayList<>(1);
		begin(name);
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			strings.add(require(name, string(name)));
		}
		return strings;
	}

	private List<JsonValue> values(String name) throws ProtocolException {
		List<JsonValue> values = new ArrayList<>(2);
		begin(name);
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			values.add(value());
		}
		return values;
	}

	private void begin(String name) throws ProtocolException {
		if (!this.parser.hasToken(JsonToken.START_ARRAY)) {
			throw expected(name, "Array");
		}
	}

	// what it is made of is looked at, and not read
	private JsonValue value() {
		int start = (int) this.parser.currentTokenLocation().getByteOffset();
		this.parser.skipChildren();
		this.parser.finishToken();
		return new JsonValue(this.record, start, (int) this.parser.currentLocation().getByteOffset());
	}

	private static ProtocolException expected(String name, String type) {
		return new ProtocolException("Expected '" + name + "' to be of type " + type + ".");
	}

}
