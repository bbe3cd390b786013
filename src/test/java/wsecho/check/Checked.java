package wsecho.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.Assertions;

/**
 * The results of one run.
 *
 * @param results the results
 */
record Checked(List<Result> results) {

	/** Runs checks against a port of this machine. */
	static Checked at(int port, String idle, String... only) throws IOException, InterruptedException {
		return at(Route.to(Target.of("ws://localhost:" + port)), idle, only);
	}

	/** Runs checks on a route. */
	static Checked at(Route route, String idle, String... only) throws IOException, InterruptedException {
		Table table = Table.load();
		List<Result> results = new ArrayList<>();
		Progress progress = new Progress() {

			@Override
			public void began(Check check) {
			}

			@Override
			public void ended(Result result) {
				results.add(result);
			}

		};
		Values values = new Values(Map.of("idle", Step.time(idle).toMillis(), "ping", "1s", "sessions", 10L));
		try (Client client = new Client(route)) {
			new Runner(client, table, values, Selection.of(table, List.of(only), List.of()), progress).run();
		}
		return new Checked(results);
	}

	Checked says(String id, Verdict verdict, String regex) {
		Result result = this.results.stream().filter((one) -> one.check().id().equals(id)).findFirst().orElseThrow();
		Assertions.assertThat(result.verdict() + " " + result.text()).matches(verdict + " " + regex);
		return this;
	}

	Checked sets(String id, String text) {
		Result result = this.results.stream().filter((one) -> one.check().id().equals(id)).findFirst().orElseThrow();
		Assertions.assertThat(result.set()).contains(text);
		return this;
	}

	/** That all of the others passed. */
	void restPasses(String... except) {
		List<String> others = this.results.stream()
			.filter((result) -> !List.of(except).contains(result.check().id()))
			.map((result) -> result.check().id() + " " + result.verdict() + " " + result.text())
			.toList();
		Assertions.assertThat(others).isNotEmpty().allMatch((result) -> result.contains(" PASS "));
	}

}
