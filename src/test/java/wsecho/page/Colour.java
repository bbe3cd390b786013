package wsecho.page;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An opaque colour, as a browser computes it.
 *
 * @param red from 0 to 255
 * @param green from 0 to 255
 * @param blue from 0 to 255
 */
record Colour(int red, int green, int blue) {

	/** What WCAG 2.2 asks of text (1.4.3, level AA). */
	static final double READABLE = 4.5;

	private static final Pattern COMPUTED = Pattern.compile("rgb\\((\\d+), (\\d+), (\\d+)\\)");

	static Colour of(String computed) {
		Matcher matcher = COMPUTED.matcher(computed);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("not an opaque colour: " + computed);
		}
		return new Colour(channel(matcher, 1), channel(matcher, 2), channel(matcher, 3));
	}

	private static int channel(MatchResult computed, int group) {
		return Integer.parseInt(computed.group(group));
	}

	boolean isBlue() {
		return this.blue > Math.max(this.red, this.green);
	}

	boolean isRed() {
		return this.red > Math.max(this.green, this.blue);
	}

	double contrast(Colour other) {
		double one = luminance() + 0.05;
		double two = other.luminance() + 0.05;
		return Math.max(one, two) / Math.min(one, two);
	}

	private double luminance() {
		return 0.2126 * linear(this.red) + 0.7152 * linear(this.green) + 0.0722 * linear(this.blue);
	}

	private static double linear(int channel) {
		double value = channel / 255.0;
		return (value <= 0.04045) ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
	}

}
