package wsecho.check.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of what is printed and written. */
public final class OutputOptions {

	@ArgGroup
	private Form form = new Form();

	@Option(names = "--junit", paramLabel = "FILE", description = "Write a JUnit report too.")
	private @Nullable Path junit;

	@Option(names = "--textfile", paramLabel = "FILE",
			description = "Write metrics for the textfile collector of Prometheus' node_exporter too.")
	private @Nullable Path textfile;

	@Option(names = "--quiet", description = "Leave out what passed.")
	private boolean quiet;

	@Option(names = "--no-color", description = "No colours, as with NO_COLOR in the environment.")
	private boolean noColour;

	/** Whether all results come as one document, at the end. */
	public boolean isOneDocument() {
		return this.form.json;
	}

	/**
	 * Where results go.
	 * @param comparing whether two addresses are compared
	 */
	public List<Output> outputs(PrintStream out, Map<String, String> environment, boolean comparing) {
		List<Output> outputs = new ArrayList<>();
		if (this.form.json) {
			outputs.add(new JsonOutput(out));
		}
		else if (this.form.jsonLines) {
			outputs.add(new JsonLinesOutput(out));
		}
		else {
			Paragraphs text = new Paragraphs(out, !this.noColour && Terminal.hasColours(environment));
			outputs.add(comparing ? new ComparisonOutput(text) : new TextOutput(text, this.quiet));
		}
		if (this.junit != null) {
			outputs.add(new JunitOutput(this.junit));
		}
		if (this.textfile != null) {
			outputs.add(new MetricsOutput(this.textfile));
		}
		return outputs;
	}

	/** One of both, or text. */
	private static final class Form {

		@Option(names = "--json", description = "Print one JSON document.")
		private boolean json;

		@Option(names = "--json-lines", description = "Print one JSON object a line, for each check as it ends.")
		private boolean jsonLines;

	}

}
