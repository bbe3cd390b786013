package wsecho.signalr.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON value as it was written: its numbers keep their digits, and its white space
 * stays.
 */
public final class JsonValue {

	public static final JsonValue NULL = ofText("null");

	private static final JsonMapper JSON = new JsonMapper();

	private final byte[] bytes;

	private final int start;

	private final int length;

	JsonValue(byte[] bytes, int start, int end) {
		this.bytes = bytes;
		this.start = start;
		this.length = end - start;
	}

	/**
	 * A value that is written already.
	 * @param json the JSON text
	 */
	public static JsonValue ofText(String json) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return new JsonValue(bytes, 0, bytes.length);
	}

	/** A string. */
	public static JsonValue ofString(String value) {
		byte[] bytes = JSON.writeValueAsBytes(value);
		return new JsonValue(bytes, 0, bytes.length);
	}

	/** How many bytes it has. */
	public int length() {
		return this.length;
	}

	/** The string that it is; null for {@code null}. */
	public @Nullable String asString() throws BindingException {
		return as(String.class, '"');
	}

	/** The whole number that it is. */
	public long asLong() throws BindingException {
		String text = new String(this.bytes, this.start, this.length, StandardCharsets.UTF_8);
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			throw new BindingException();
		}
	}

	/** The truth value that it is. */
	public boolean asBoolean() throws BindingException {
		Boolean value = as(Boolean.class, 't', 'f');
		return value != null && value;
	}

	private <T> @Nullable T as(Class<T> type, char... beginnings) throws BindingException {
		boolean fits = this.bytes[this.start] == 'n';
		for (char each : beginnings) {
			fits |= this.bytes[this.start] == each;
		}
		if (!fits) {
			throw new BindingException();
		}
		try {
			return JSON.readValue(this.bytes, this.start, this.length, type);
		}
		catch (JacksonException ex) {
			throw new BindingException();
		}
	}

	void writeTo(ByteArrayOutputStream out) {
		out.write(this.bytes, this.start, this.length);
	}

	@Override
	public String toString() {
		return new String(this.bytes, this.start, this.length, StandardCharsets.UTF_8);
	}

	/** A value is not of the type that is wanted. */
	public static final class BindingException extends Exception {

		private static final long serialVersionUID = 1L;

		BindingException() {
			super("Error binding arguments. Make sure that the types of the provided values match the types of the "
					+ "hub method being invoked.", null, false, false);
		}

	}

}
