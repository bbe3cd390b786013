package wsecho.check.report;

import java.io.PrintStream;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import tools.jackson.databind.json.JsonMapper;
import wsecho.check.client.Route;
import wsecho.check.table.Result;

/**
 * Results for programs, each on a line of its own as soon as it is there.
 *
 * @param out where to
 */
record JsonLinesOutput(PrintStream out) implements Output {

	@Override
	public void ended(Route route, Result result) {
		this.out.println(JsonMapper.shared()
			.writeValueAsString(new Line(JsonRow.VERSION, Version.text(), route.target().toString(), Instant.now(),
					JsonRow.of(result))));
	}

	/**
	 * A line.
	 *
	 * @param version of this form
	 * @param wsecho the version of the command
	 * @param target what was checked
	 * @param time when the check ended
	 * @param row its result
	 */
	@JsonPropertyOrder({ "version", "wsecho", "target", "time" })
	private record Line(int version, String wsecho, String target, Instant time, @JsonUnwrapped JsonRow row) {

	}

}
