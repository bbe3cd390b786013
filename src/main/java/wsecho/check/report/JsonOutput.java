package wsecho.check.report;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import wsecho.check.client.ViaProxy;

/**
 * Results for programs, as one document. Members are only ever added.
 *
 * @param out where to
 */
record JsonOutput(PrintStream out) implements Output {

	@Override
	public void finish(List<Report> reports) {
		this.out.println(JsonMapper.shared()
			.writerWithDefaultPrettyPrinter()
			.writeValueAsString(Document.of(reports.get(0), other(reports))));
	}

	private static @Nullable Document other(List<Report> reports) {
		return (reports.size() > 1) ? Document.of(reports.get(1), null) : null;
	}

	/**
	 * The document.
	 *
	 * @param version of this form
	 * @param wsecho the version of the command
	 * @param target what was checked
	 * @param proxy the proxy on the way, if there is one
	 * @param started when
	 * @param complete false if it was interrupted
	 * @param checks the results
	 * @param compared the same of the second address, if there is one
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@JsonPropertyOrder({ "version", "wsecho", "target", "proxy", "started", "complete", "checks", "compared" })
	private record Document(int version, String wsecho, String target, @Nullable String proxy, Instant started,
			boolean complete, List<JsonRow> checks, @Nullable Document compared) {

		static Document of(Report report, @Nullable Document compared) {
			ViaProxy proxy = report.route().proxy();
			return new Document(JsonRow.VERSION, Version.text(), report.route().target().toString(),
					(proxy != null) ? proxy.toString() : null, report.started(), report.complete(),
					report.results().stream().map(JsonRow::of).toList(), compared);
		}

	}

}
