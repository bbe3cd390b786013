package wsecho.session;

import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Identifies a session: by the process that it belongs to, and by 128 random bits, so
 * that nobody can guess it.
 *
 * @param process a random number that the process has chosen
 * @param high the first half of the random bits
 * @param low the second half
 */
record SessionId(int process, long high, long low) {

	/** What one looks like. */
	static final String FORM = "40 hexadecimal digits, as the field X-Session-Id gives them";

	private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{40}");

	/**
	 * Reads one.
	 * @param id what may be one
	 * @return the id, or null if it is none
	 */
	static @Nullable SessionId of(String id) {
		if (!DIGITS.matcher(id).matches()) {
			return null;
		}
		return new SessionId(HexFormat.fromHexDigits(id, 0, 8), HexFormat.fromHexDigitsToLong(id, 8, 24),
				HexFormat.fromHexDigitsToLong(id, 24, 40));
	}

	@Override
	public String toString() {
		HexFormat hex = HexFormat.of();
		return hex.toHexDigits(this.process) + hex.toHexDigits(this.high) + hex.toHexDigits(this.low);
	}

}
