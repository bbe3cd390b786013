package wsecho.signalr.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes the records of the hub protocol in JSON. */
public final class JsonProtocol {

	/** Its name in the handshake. */
	public static final String NAME = "json";

	// a record is short, and none of its values is computed
	private static final JsonFactory JSON = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(Integer.MAX_VALUE)
			.maxNumberLength(Integer.MAX_VALUE)
			.build())
		.build();

	private JsonProtocol() {
	}

	/**
	 * Reads a message.
	 * @param record without its separator
	 * @throws ProtocolException if it is none
	 */
	public static HubMessage read(byte[] record) throws ProtocolException {
		try (JsonParser parser = open(record)) {
			Fields fields = new Fields(record, parser);
			while (parser.nextToken() != JsonToken.END_OBJECT) {
				String name = parser.currentName();
				parser.nextToken();
				fields.read(name);
			}
			requireEnd(parser);
			return fields.message();
		}
		catch (JacksonException ex) {
			throw new ProtocolException("Error reading JSON.");
		}
	}

	/**
	 * Reads the handshake, which is the first record.
	 * @param record without its separator
	 * @throws ProtocolException if it is none
	 */
	public static HandshakeRequest readHandshake(byte[] record) throws ProtocolException {
		try (JsonParser parser = open(record)) {
			String protocol = null;
			Integer version = null;
			while (parser.nextToken() != JsonToken.END_OBJECT) {
				String name = parser.currentName();
				JsonToken token = parser.nextToken();
				if (name.equals("protocol") && token == JsonToken.VALUE_STRING) {
					protocol = parser.getString();
				}
				else if (name.equals("version") && token == JsonToken.VALUE_NUMBER_INT) {
					version = parser.getIntValue();
				}
				else {
					parser.skipChildren();
				}
			}
			requireEnd(parser);
			return HandshakeRequest.of(protocol, version);
		}
		catch (JacksonException ex) {
			throw new ProtocolException("Error reading JSON.");
		}
	}

	/**
	 * Answers the handshake.
	 * @param error why the connection ends, or null
	 */
	public static byte[] handshakeResponse(@Nullable String error) {
		return (error != null) ? new Writer().property("error", JsonValue.ofString(error)).end() : new Writer().end();
	}

	/** A sign of life. */
	public static byte[] ping() {
		return new Writer().type(6).end();
	}

	/**
	 * Calls a target of the client's.
	 * @param id of the call; null if there is to be no answer
	 * @param target its name
	 * @param arguments as they are written
	 */
	public static byte[] invocation(@Nullable String id, String target, List<JsonValue> arguments) {
		Writer writer = new Writer().type(1);
		if (id != null) {
			writer.id(id);
		}
		return writer.property("target", JsonValue.ofString(target)).values("arguments", arguments).end();
	}

	/** An item of a stream. */
	public static byte[] streamItem(String id, JsonValue item) {
		return new Writer().type(2).id(id).property("item", item).end();
	}

	/**
	 * Ends a call.
	 * @param result of the call; null for none, which is not {@link JsonValue#NULL}
	 */
	public static byte[] completion(String id, @Nullable JsonValue result) {
		Writer writer = new Writer().type(3).id(id);
		return (result != null) ? writer.property("result", result).end() : writer.end();
	}

	/** Ends a call that has failed. */
	public static byte[] failure(String id, String error) {
		return new Writer().type(3).id(id).property("error", JsonValue.ofString(error)).end();
	}

	/**
	 * Ends the connection.
	 * @param error what went wrong, or null
	 * @param allowReconnect whether the client may come again by itself
	 */
	public static byte[] close(@Nullable String error, boolean allowReconnect) {
		Writer writer = new Writer().type(7);
		if (error != null) {
			writer.property("error", JsonValue.ofString(error));
		}
		return (allowReconnect ? writer.property("allowReconnect", JsonValue.ofText("true")) : writer).end();
	}

	private static JsonParser open(byte[] record) throws ProtocolException {
		requireUtf8(record);
		// a factory keeps the names that it has read, which a client chooses
		JsonParser parser = JSON.copy().createParser(ObjectReadContext.empty(), record);
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw new ProtocolException("Unexpected JSON Token Type. Expected a JSON Object.");
		}
		return parser;
	}

	// what is passed over is not decoded, and may be sent back as text
	private static void requireUtf8(byte[] record) throws ProtocolException {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record));
		}
		catch (CharacterCodingException ex) {
			throw new ProtocolException("Error reading JSON.");
		}
	}

	private static void requireEnd(JsonParser parser) throws ProtocolException {
		if (parser.nextToken() != null) {
			throw new ProtocolException("Error reading JSON.");
		}
	}

	private static final class Writer {

		private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

		private Writer() {
			this.out.write('{');
		}

		Writer type(int type) {
			return property("type", JsonValue.ofText("" + type));
		}

		Writer id(String id) {
			return property("invocationId", JsonValue.ofString(id));
		}

		Writer property(String name, JsonValue value) {
			name(name);
			value.writeTo(this.out);
			return this;
		}

		Writer values(String name, List<JsonValue> values) {
			name(name);
			int before = '[';
			for (JsonValue value : values) {
				this.out.write(before);
				value.writeTo(this.out);
				before = ',';
			}
			this.out.writeBytes(values.isEmpty() ? new byte[] { '[', ']' } : new byte[] { ']' });
			return this;
		}

		byte[] end() {
			this.out.write('}');
			this.out.write(Records.SEPARATOR);
			return this.out.toByteArray();
		}

		private void name(String name) {
			if (this.out.size() > 1) {
				this.out.write(',');
			}
			this.out.writeBytes(("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII));
		}

	}

}
