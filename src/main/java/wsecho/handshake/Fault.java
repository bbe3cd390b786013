package wsecho.handshake;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a handshake, as the client is told.
 *
 * @param field the header field, or another part of the request
 * @param value what it is, or null if it is missing
 * @param accepts what it has to be, as what follows "it must be"
 */
record Fault(String field, @Nullable String value, String accepts) {

	// enough to recognize it
	private static final int MAX_VALUE = 200;

	static Fault of(String field, List<String> lines, String accepts) {
		return new Fault(field, lines.isEmpty() ? null : cut(Printable.of(String.join(", ", lines))), accepts);
	}

	private static String cut(String value) {
		return (value.length() > MAX_VALUE) ? value.substring(0, MAX_VALUE) + "..." : value;
	}

	@Override
	public String toString() {
		String seen = (this.value != null) ? "is \"" + this.value + "\"" : "is missing";
		return "%s %s; it must be %s.".formatted(this.field, seen, this.accepts);
	}

}
