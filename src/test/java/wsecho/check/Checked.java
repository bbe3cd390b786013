package wsecho.check;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import wsecho.check.client.Client;
import wsecho.check.client.Route;
import wsecho.check.client.Target;
import wsecho.check.client.Trust;
import wsecho.check.script.Progress;
import wsecho.check.script.Runner;
import wsecho.check.table.Check;
import wsecho.check.table.Result;
import wsecho.check.table.Selection;
import wsecho.check.table.Step;
import wsecho.check.table.Table;
import wsecho.check.table.Values;
import wsecho.check.table.Verdict;

/**
 * The results of one run.
 *
 * @param results the results
 */
record Checked(List<Result> results) {

	static final String GAVE_UP = "504, not from wsecho: something between waited for the server's answer to the handshake, "
			+ "and gave up\\.";

	static final String UNREACHED = "502, not from wsecho: something between did not reach the server, or got no answer "
			+ "to the handshake\\.";

	/** The text of a limit of 2 s for an answer. */
	static final String GIVEN_UP = "Given up after [23]\\.\\d s: 504, while the server was to answer after 5\\.0 s\\. "
			+ "Something between does not wait longer\\.";

	/** How the text of a stream begins that is gathered. */
	static final String GATHERED = "5 events, one each 200 ms, came all at once after \\d+ ms(\\. |, with X-Accel)";

	/** The text of a body that is gathered on the way up. */
	static final String GATHERED_UP = "A body that was sent in pieces for \\d+ ms reached the server within \\d+ ms: "
			+ "something between gathers bodies on the way up before it hands them on\\.";

	/** The text of a body of which the rest is lost once its answer has begun. */
	static final String BODY_LOST = "Of 1,000 bytes that were sent in pieces \\d+ reached the server and \\d+ came back"
			+ "(; then the answer was cut\\.|, in an answer that ends as if that were all\\.) "
			+ "Something between reads no more of a body once its answer has begun\\.";

	/** Runs checks against a port of this machine. */
	static Checked at(int port, String idle, String... only) throws IOException, InterruptedException {
		return at(route("ws", port, Trust.usual()), idle, only);
	}

	/** Runs checks over TLS, with the JDK's authorities if there is no certificate. */
	static Checked overTls(int port, @Nullable Pem pem, String idle, String... only) throws Exception {
		Trust trust = (pem != null) ? new Trust(pem.certificate().toFile(), false) : Trust.usual();
		return at(route("wss", port, trust), idle, only);
	}

	/** Runs checks over TLS, each of them over HTTP/2. */
	static Checked overHttp2(int port, Pem pem, String idle, String... only) throws Exception {
		return at(route("wss", port, new Trust(pem.certificate().toFile(), false)).overHttp2(), idle, only);
	}

	/** Leaves sessions idle, during which something happens once all are open. */
	static Checked during(AtOnce.Case event, CountDownLatch allAreOpen, int port, String idle) throws Exception {
		ExecutorService beside = Executors.newSingleThreadExecutor();
		Future<?> happening = beside.submit(() -> {
			allAreOpen.await();
			event.run();
			return null;
		});
		beside.shutdown();
		Checked checked = at(port, idle, "idle");
		happening.get();
		return checked;
	}

	// proxies listen there alone, whatever other addresses the name has
	private static Route route(String scheme, int port, Trust trust) {
		Route usual = Route.to(Target.of(scheme + "://localhost:" + port)).at(InetAddress.getLoopbackAddress());
		return new Route(usual.target(), usual.pins(), null, null, trust, usual.fields(), usual.timeout(), false);
	}

	/** Runs checks of a table. */
	static Checked by(Table table, int port, String idle, String... only) throws IOException, InterruptedException {
		return by(table, route("ws", port, Trust.usual()), idle, only);
	}

	/** Runs checks on a route. */
	static Checked at(Route route, String idle, String... only) throws IOException, InterruptedException {
		return by(Table.load(), route, idle, only);
	}

	private static Checked by(Table table, Route route, String idle, String... only)
			throws IOException, InterruptedException {
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
		Values values = new Values(Map.of("idle", Step.time(idle).toMillis(), "ping", "1s", "slow", 5000L, "streams", 3,
				"quiet", Math.min(32_000, Step.time(idle).toMillis())));
		try (Client client = new Client(route)) {
			new Runner(client, table, values, Selection.of(table, List.of(only), List.of()), progress).run();
		}
		return new Checked(results);
	}

	/** The text of a handshake that did not arrive whole. */
	static String removed(String fields) {
		return "The handshake reached the server without what makes it one, and was refused with 426. Something between "
				+ "removed or changed: " + fields + "\\.";
	}

	/** The text of a Host that is not as it was sent. */
	static String host(String arrived) {
		return "The server is told Host " + arrived
				+ ", while the Origin is http://localhost:\\d+: software that compares " + "them refuses with 403\\.";
	}

	/** The text of a refusal by a proxy. */
	static String other(String status) {
		return status
				+ ", and not from wsecho, which refuses with a problem document: something before it has answered, "
				+ "or this is no wsecho\\.";
	}

	Checked says(String id, Verdict verdict, String regex) {
		Result result = result(id);
		Assertions.assertThat(result.verdict() + " " + result.text()).matches(verdict + " " + regex);
		return this;
	}

	Checked sets(String id, String text) {
		Assertions.assertThat(result(id).set()).contains(text);
		return this;
	}

	Result result(String id) {
		return this.results.stream()
			.filter((one) -> one.check().id().equals(id))
			.findFirst()
			.orElseThrow(() -> new AssertionError(id + " was not run, but: " + rest()));
	}

	/** That all of the others passed. */
	void restPasses(String... except) {
		List<String> rest = rest(except);
		Assertions.assertThat(rest).isNotEmpty();
		Assertions.assertThat(rest.stream().filter((result) -> !result.contains(" PASS "))).isEmpty();
	}

	/** That of none of the others something is said that is not so. */
	void restPassesOrCannotBeTold(String... except) {
		Assertions.assertThat(rest(except))
			.isNotEmpty()
			.allMatch((result) -> result.contains(" PASS ") || result.contains(" CANT_TELL "));
	}

	private List<String> rest(String... except) {
		return this.results.stream()
			.filter((result) -> !List.of(except).contains(result.check().id()))
			.filter((result) -> !result.text().equals("The address is ws://, which has no TLS."))
			.map((result) -> result.check().id() + " " + result.verdict() + " " + result.text())
			.toList();
	}

}
