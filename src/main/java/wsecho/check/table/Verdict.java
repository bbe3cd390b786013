package wsecho.check.table;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a check comes to, the better first. */
public enum Verdict {

	PASS("pass", "ok"), NOT_RUN("not run", "-"), CANT_TELL("can't tell", "?"), CHANGED("changed", "CHANGED"),
	FAILED("failed", "FAILED");

	private final String text;

	private final String mark;

	Verdict(String text, String mark) {
		this.text = text;
		this.mark = mark;
	}

	/** As the table and the documents write it. */
	@JsonValue
	public String text() {
		return this.text;
	}

	/** As a line of output begins with it. */
	public String mark() {
		return this.mark;
	}

}
