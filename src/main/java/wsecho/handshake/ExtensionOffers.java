package wsecho.handshake;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads Sec-WebSocket-Extensions (RFC 6455, 9.1), each character once. Netty's
 * {@code WebSocketExtensionUtil} passes over what is malformed, which fails a handshake.
 */
final class ExtensionOffers {

	static final String ACCEPTS = "a list of extensions, separated by commas, each a token and perhaps parameters, "
			+ "as in a; b=1; c=\"2\" (RFC 6455, 9.1), 100 tokens in all at most";

	private static final int MAX_TOKENS = 100;

	private final String line;

	private int position;

	private int tokens;

	private ExtensionOffers(String line) {
		this.line = line;
	}

	/**
	 * Reads all lines of the field.
	 * @param lines its values
	 * @return what is offered, in the client's order; null if it is malformed
	 */
	static @Nullable List<ExtensionOffer> read(List<String> lines) {
		return lines.isEmpty() ? List.of() : new ExtensionOffers(String.join(",", lines)).read();
	}

	// elements may be empty (RFC 9110, 5.6.1.2)
	private @Nullable List<ExtensionOffer> read() {
		List<ExtensionOffer> offers = new ArrayList<>(1);
		do {
			String name = token();
			List<ExtensionOffer.Parameter> parameters = name.isEmpty() ? List.of() : parameters();
			if (parameters == null) {
				return null;
			}
			if (!name.isEmpty()) {
				offers.add(new ExtensionOffer(name, parameters));
			}
		}
		while (skip(','));
		return (hasNext() || this.tokens > MAX_TOKENS) ? null : offers;
	}

	private @Nullable List<ExtensionOffer.Parameter> parameters() {
		List<ExtensionOffer.Parameter> parameters = new ArrayList<>(2);
		while (skip(';')) {
			String name = token();
			boolean hasValue = !name.isEmpty() && skip('=');
			String value = hasValue ? value() : "";
			if (name.isEmpty() || (hasValue && value.isEmpty())) {
				return null;
			}
			parameters.add(new ExtensionOffer.Parameter(name, value));
		}
		return parameters;
	}

	// what is quoted has to be a token too
	private String value() {
		if (!skip('"')) {
			return token();
		}
		this.tokens++;
		StringBuilder value = new StringBuilder();
		while (hasNext() && peek() != '"') {
			this.position += (peek() == '\\') ? 1 : 0;
			value.append(hasNext() ? peek() : ' ');
			this.position++;
		}
		boolean closed = skip('"');
		return (closed && Characters.isToken(value.toString())) ? value.toString() : "";
	}

	/** The token that is next, after blanks; empty if there is none. */
	private String token() {
		skipBlanks();
		int start = this.position;
		while (hasNext() && Characters.isTokenCharacter(peek())) {
			this.position++;
		}
		this.tokens += (this.position > start) ? 1 : 0;
		return this.line.substring(start, this.position);
	}

	private boolean skip(char expected) {
		skipBlanks();
		if (!hasNext() || peek() != expected) {
			return false;
		}
		this.position++;
		return true;
	}

	private void skipBlanks() {
		while (hasNext() && (peek() == ' ' || peek() == '\t')) {
			this.position++;
		}
	}

	private boolean hasNext() {
		return this.position < this.line.length();
	}

	private char peek() {
		return this.line.charAt(this.position);
	}

}
