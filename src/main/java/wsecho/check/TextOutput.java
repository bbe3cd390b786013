package wsecho.check;

import java.io.PrintStream;

import org.jspecify.annotations.Nullable;

/**
 * Results for people, a line and more each.
 *
 * @param out where to
 * @param colour whether marks are coloured
 * @param quiet whether what passed is left out
 */
record TextOutput(PrintStream out, boolean colour, boolean quiet) {

	private static final int WIDTH = 80;

	private static final String INDENT = " ".repeat(8);

	void begin(Target target, String version) {
		this.out.println("wsecho " + version + " checks the path to " + target);
	}

	void print(Result result) {
		if (this.quiet && result.verdict() == Verdict.PASS) {
			return;
		}
		String mark = result.verdict().mark();
		String first = coloured(result.verdict(), mark) + " ".repeat(INDENT.length() - mark.length());
		this.out.println(wrapped(first, INDENT.length(), result.check().id() + ": " + result.text()));
		if (result.needsExplaining()) {
			explain("why", result.check().matters());
			explain("set", result.set());
			explain("see", result.check().article());
		}
	}

	private void explain(String label, @Nullable String text) {
		if (text != null) {
			String first = INDENT + label + ": ";
			this.out.println(wrapped(first, first.length(), text));
		}
	}

	void end(Summary summary) {
		this.out.println(wrapped("", 0, summary.text()));
	}

	private String coloured(Verdict verdict, String mark) {
		if (!this.colour) {
			return mark;
		}
		int code = switch (verdict) {
			case PASS -> 32;
			case FAILED -> 31;
			case CHANGED, CANT_TELL -> 33;
			case NOT_RUN -> 2;
		};
		return "\u001b[" + code + "m" + mark + "\u001b[0m";
	}

	private static String wrapped(String first, int used, String text) {
		StringBuilder lines = new StringBuilder(first);
		int column = used;
		for (String word : text.split(" ", -1)) {
			if (column > used && column + 1 + word.length() > WIDTH) {
				lines.append('\n').append(" ".repeat(used));
				column = used;
			}
			else if (column > used) {
				lines.append(' ');
				column++;
			}
			lines.append(word);
			column += word.length();
		}
		return lines.toString();
	}

}
