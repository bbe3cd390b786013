package wsecho.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import wsecho.check.script.Threads;
import wsecho.fixture.Chromium;

/**
 * Paths that the page and the command line check at once, all of them side by side. Each
 * is a test of its own in the report: that both say the same, and what they say.
 */
final class BothChecks {

	private final List<DynamicTest> tests = new ArrayList<>();

	private final Browser browser;

	private final String idle;

	BothChecks(Browser browser, String idle) {
		this.browser = browser;
		this.idle = idle;
	}

	BothChecks(Chromium chromium, String idle) {
		this((port, time, only) -> PageCheck.start(chromium, port, time, only), idle);
	}

	/**
	 * Begins with a path.
	 * @param name of the test
	 * @param start starts what is between, and is told of by the test if it cannot
	 * @param expectation of what the page has saved
	 * @param only the checks, all of them if there are none
	 * @return these
	 */
	BothChecks with(String name, Start start, Expectation expectation, String... only) {
		try {
			Hop hop = start.start();
			CompletableFuture<Checked> checked = onCommandLine(hop.port(), only);
			Saving page = this.browser.start(hop.port(), this.idle, only);
			this.tests.add(DynamicTest.dynamicTest(name, () -> compare(hop, checked, page, expectation)));
		}
		catch (Exception | Error ex) {
			this.tests.add(DynamicTest.dynamicTest(name, () -> {
				throw ex;
			}));
		}
		return this;
	}

	private CompletableFuture<Checked> onCommandLine(int port, String... only) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return Checked.at(port, this.idle + "s", only);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, Threads.EACH);
	}

	private static void compare(Hop hop, CompletableFuture<Checked> checked, Saving page, Expectation expectation)
			throws Exception {
		try (hop; page) {
			JsonNode results = page.results();
			PageCheck.isLike(results, checked.join());
			expectation.check(results);
		}
	}

	Stream<DynamicTest> tests() {
		return this.tests.stream();
	}

	/** Starts what is between. */
	interface Start {

		Hop start() throws Exception;

	}

	/** A browser with the page. */
	interface Browser {

		/** Starts the check behind a port of this machine. */
		Saving start(int port, String idleSeconds, String... only) throws Exception;

	}

	/** A check that runs, or has run. */
	interface Saving extends AutoCloseable {

		/** What it saves at its end. */
		JsonNode results() throws Exception;

		@Override
		void close();

	}

	/** What is expected of results. */
	interface Expectation {

		void check(JsonNode results);

	}

}
