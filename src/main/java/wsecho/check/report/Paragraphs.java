package wsecho.check.report;

import java.io.PrintStream;

import org.jspecify.annotations.Nullable;
import wsecho.check.table.Result;
import wsecho.check.table.Verdict;

/** Text for people, in lines that fit. */
final class Paragraphs {

	private static final String INDENT = " ".repeat(8);

	private final PrintStream out;

	private final boolean colour;

	private int width;

	/**
	 * Text.
	 * @param out where to, standard output
	 * @param colour whether marks are coloured
	 */
	Paragraphs(PrintStream out, boolean colour) {
		this.out = out;
		this.colour = colour;
	}

	void line(String text) {
		this.out.println(wrapped("", 0, text));
	}

	/** The first line, which waits for nothing. */
	void heading(String text) {
		this.out.println(text);
	}

	/** A result: its mark, and what was seen. */
	void result(Result result) {
		String mark = result.verdict().mark();
		String first = coloured(result.verdict(), mark) + " ".repeat(INDENT.length() - mark.length());
		this.out.println(wrapped(first, INDENT.length(), result.check().id() + ": " + result.text()));
	}

	/** Why a result matters, what to set, and where more is told. */
	void explanation(Result result) {
		if (result.needsExplaining()) {
			detail("why", result.check().matters());
			detail("set", result.set());
			detail("see", result.check().article());
		}
	}

	void detail(String label, @Nullable String text) {
		if (text != null) {
			String first = INDENT + label + ": ";
			this.out.println(wrapped(first, first.length(), text));
		}
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

	private String wrapped(String first, int used, String text) {
		if (this.width == 0) {
			this.width = Terminal.width(1);
		}
		StringBuilder lines = new StringBuilder(first);
		int column = used;
		for (String word : text.split(" ", -1)) {
			if (column > used && column + 1 + word.length() > this.width) {
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
