package wsecho.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * One kind of hostile client: what it sends on a connection of its own, and what it has
 * to get for it.
 *
 * @param name its name
 * @param opening what it sends first
 * @param more what it sends then, over and over
 * @param everyMillis how often it does so
 * @param mostRead how many bytes it reads, or all of them for 0
 * @param expected an expression for {@link Answers}
 */
record Attack(String name, ByteBuffer opening, ByteBuffer more, int everyMillis, int mostRead, Pattern expected) {

	/**
	 * Enough for a status line; the rest of the answer stays in the way of the server.
	 */
	private static final int STATUS_LINE = 12;

	/**
	 * Sends once, and reads what comes.
	 * @param name its name
	 * @param opening what it sends, as ISO 8859-1
	 * @param expected what it has to get
	 * @return the kind
	 */
	static Attack of(String name, String opening, String expected) {
		return of(name, opening.getBytes(StandardCharsets.ISO_8859_1), expected);
	}

	/** The same with bytes. */
	static Attack of(String name, byte[] opening, String expected) {
		return new Attack(name, ByteBuffer.wrap(opening), ByteBuffer.allocate(0), 0, 0, Pattern.compile(expected));
	}

	/** Sends this too, over and over. */
	Attack then(byte[] more, int everyMillis) {
		return new Attack(this.name, this.opening, ByteBuffer.wrap(more), everyMillis, this.mostRead, this.expected);
	}

	/** Reads nothing once it has the status. */
	Attack unread() {
		return unreadAfter(STATUS_LINE);
	}

	/** Reads no more than the first bytes. */
	Attack unreadAfter(int bytes) {
		return new Attack(this.name, this.opening, this.more, this.everyMillis, bytes, this.expected);
	}

}
