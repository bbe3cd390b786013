package wsecho.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import wsecho.check.script.Threads;
import wsecho.check.table.Result;
import wsecho.fixture.Chromium;

/**
 * Paths that the page and the command line check at once, all of them side by side. Each
 * is a test of its own in the report: that both say the same, and what they say.
 */
final class BothChecks {

	private static final String BUSY = "This machine was busy";

	private static final int MOST_AGAIN = 2;

	private final List<DynamicTest> tests = new ArrayList<>();

	private final Browser browser;

	private final String idle;

	private final List<CompletableFuture<Checked>> running = new ArrayList<>();

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
			this.running.add(checked);
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

	private void compare(Hop hop, CompletableFuture<Checked> checked, Saving page, Expectation expectation)
			throws Exception {
		try (hop; page) {
			JsonNode results = page.results();
			for (Result result : checked.join().results()) {
				if (result.check().runs().contains("page")) {
					String id = result.check().id();
					PageCheck.isLike(settled(PageCheck.result(results, id), () -> pageAgain(hop, id)),
							settled(result, () -> Checked.at(hop.port(), this.idle + "s", id).result(id)));
				}
			}
			expectation.check(results);
		}
	}

	/**
	 * What a check has come to; if its machine was busy meanwhile, once the others have
	 * ended.
	 */
	private <T> T settled(T first, Callable<T> again) throws Exception {
		T result = first;
		for (int i = 0; i < MOST_AGAIN && result.toString().contains(BUSY); i++) {
			this.running.forEach((one) -> one.handle((checked, failure) -> "ended").join());
			result = again.call();
		}
		return result;
	}

	private JsonNode pageAgain(Hop hop, String id) throws Exception {
		try (Saving page = this.browser.start(hop.port(), this.idle, id)) {
			return PageCheck.result(page.results(), id);
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
