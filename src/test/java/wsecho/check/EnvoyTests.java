package wsecho.check;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/** What the check says of an Envoy that is right, and wrong in one way each. */
@RunningService
class EnvoyTests {

	private static final Limit LIMIT = new Limit(5);

	private static final String REFUSED = "403 from an Envoy, and not from wsecho\\. It refuses so the handshakes that it is "
			+ "not told to pass on, and what its RBAC and ext_authz filters deny\\.";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> timed() {
		return new AtOnce().with("set up rightly", this::right)
			.with("an idle limit of its manager is found, and pings help", this::managersIdle)
			.with("an idle limit of its route is found, and pings help", this::routesIdle)
			.with("a limit on the whole life is found", this::life)
			.with("a slow handshake is cut", this::slow)
			.with("the limit of its route is one on the whole answer", this::answer)
			.with("a handshake that is answered late is given up", this::late)
			.with("its buffer filter waits for ever", this::buffer)
			.tests();
	}

	private void right() throws Exception {
		try (Proxy proxy = envoy("", "", "")) {
			Checked.at(proxy.port(), "3s").restPasses();
		}
	}

	private void managersIdle() throws Exception {
		try (Proxy proxy = envoy("stream_idle_timeout: 5s", "", "")) {
			idle(proxy, "Envoy: stream_idle_timeout");
		}
	}

	private void routesIdle() throws Exception {
		try (Proxy proxy = envoy("", "idle_timeout: 5s", "")) {
			idle(proxy, "the route's idle_timeout");
		}
	}

	// it keeps the client's side for a second longer
	private void idle(Proxy proxy, String set) throws Exception {
		Checked.at(proxy.port(), "8s", "idle*", "lifetime")
			.says("idle", Verdict.FAILED, LIMIT.idle("client did \\(fin\\)") + Limit.KNOWN)
			.sets("idle", set)
			.restPasses("idle");
	}

	private void life() throws Exception {
		try (Proxy proxy = envoy("", "max_stream_duration: {max_stream_duration: 5s}", "")) {
			Checked.at(proxy.port(), "8s", "idle*", "lifetime")
				.says("idle", Verdict.FAILED, LIMIT.idle("client did \\(fin\\)") + Limit.KNOWN)
				.says("idle-with-pings", Verdict.FAILED, LIMIT.idleWithPings())
				.says("lifetime", Verdict.FAILED, LIMIT.life())
				.sets("lifetime", "Envoy: max_stream_duration")
				.restPasses("idle", "idle-with-pings", "lifetime");
		}
	}

	private void answer() throws Exception {
		try (Proxy proxy = envoy("", "timeout: 5s", "")) {
			Checked.at(proxy.port(), "8s", "held-answer", "sse-open", "sse-lifetime", "lifetime")
				.says("held-answer", Verdict.FAILED, LIMIT.heldFor(8))
				.sets("held-answer", "Envoy: timeout of the route, 15 s unless it is set")
				.says("sse-lifetime", Verdict.FAILED, LIMIT.streamLife())
				.sets("sse-lifetime", "Envoy: timeout of the route, 15 s unless it is set")
				.restPasses("held-answer", "sse-lifetime");
		}
	}

	private void slow() throws Exception {
		// it rewrites the path, and puts the query behind it again
		String delay = "timeout: 1s, regex_rewrite: {pattern: {regex: ^/websocket/handshake}, "
				+ "substitution: '/websocket/handshake?handshake-delay=3s&query='}";
		try (Proxy proxy = envoy("", delay, "")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.GAVE_UP)
				.sets("handshake", "Envoy: timeout of the route");
		}
	}

	private void late() throws Exception {
		try (Proxy proxy = envoy("", "timeout: 2s", "")) {
			Checked.at(proxy.port(), "0s", "slow-handshake")
				.says("slow-handshake", Verdict.FAILED, Checked.GIVEN_UP)
				.sets("slow-handshake", "Envoy: timeout of the route, 15 s unless it is set");
		}
	}

	private void buffer() throws Exception {
		try (Proxy proxy = envoy("", "", filter("buffer.v3.Buffer", "max_request_bytes: 65536"))) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("handshake", Verdict.FAILED,
						"No answer to the handshake in 10 s, though the connection was "
								+ "accepted\\. Something between holds it back\\.")
				.sets("handshake", "Envoy: Disable the buffer filter")
				.restPasses("handshake");
		}
	}

	@Test
	void itsBufferFilterGathersBodies() throws Exception {
		try (Proxy proxy = envoy("", "", filter("buffer.v3.Buffer", "max_request_bytes: 65536"))) {
			Checked.at(proxy.port(), "0s", "body-up", "sse-open")
				.says("body-up", Verdict.CHANGED,
						"Bodies of up to 65,536 bytes pass; one of 65,537 bytes is refused with 413, "
								+ "and not by wsecho\\.")
				.sets("body-up", "Envoy: max_request_bytes of its buffer filter")
				.restPasses("body-up");
		}
	}

	@Test
	void refusesHandshakesUnlessItIsToldToPassThemOn() throws Exception {
		try (Proxy proxy = Envoy.before(this.directory, this.server, "", "", "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("handshake", Verdict.FAILED, REFUSED)
				.sets("handshake", "Envoy: upgrade_configs: [{upgrade_type: websocket}]")
				.restPasses("handshake");
		}
	}

	@Test
	void saysNothingOfTheKeyIfItSpeaksHttp2ToTheServer() throws Exception {
		try (Proxy proxy = Envoy.overHttp2(this.directory, this.server)) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("handshake", Verdict.FAILED,
						"The handshake reached the server over HTTP/2, .* as a 101 without Sec-WebSocket-Accept, .*")
				.sets("handshake", "Envoy: No http2_protocol_options in the cluster")
				.restPasses("handshake");
		}
	}

	@Test
	void whatItsFiltersDenyMayBeMeant() throws Exception {
		String all = "rules: {action: DENY, policies: {all: {permissions: [{any: true}], principals: [{any: true}]}}}";
		try (Proxy proxy = envoy("", "", filter("rbac.v3.RBAC", all))) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 403, from envoy\\.")
				.says("handshake", Verdict.FAILED, REFUSED)
				.sets("handshake", "its access log has the filter");
		}
	}

	@Test
	void whatIsRefusedWithoutItsQueryMayHaveArrived() throws Exception {
		String fault = "regex_rewrite: {pattern: {regex: ^/websocket/handshake}, "
				+ "substitution: '/websocket/handshake?ping=never&query='}";
		try (Proxy proxy = envoy("", fault, "")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED,
						"400 with a problem document, and the server that answers plain HTTP here "
								+ "has not seen the handshake: another server refused it, or something between removed its query\\.");
		}
	}

	@Test
	void aHostThatItRewritesIsTold() throws Exception {
		try (Proxy proxy = envoy("", "host_rewrite_literal: u", "")) {
			Checked.at(proxy.port(), "0s", "host-and-origin")
				.says("host-and-origin", Verdict.CHANGED, Checked.host("u"))
				.sets("host-and-origin", "Envoy: No host_rewrite");
		}
	}

	@Test
	void itsRateLimitIsNotTheServers() throws Exception {
		String none = "stat_prefix: r, token_bucket: {max_tokens: 1, fill_interval: 60s}, filter_enabled: "
				+ "{default_value: {numerator: 100}}, filter_enforced: {default_value: {numerator: 100}}";
		try (Proxy proxy = envoy("", "", filter("local_ratelimit.v3.LocalRateLimit", none))) {
			Checked.at(proxy.port(), "0s", "handshake").restPasses();
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.other("429 from envoy"));
		}
	}

	@Test
	void withoutAServerItIsNoRefusalOfTheServer() throws Exception {
		try (Proxy proxy = Envoy.before(this.directory, Proxy.freePort(), Envoy.RIGHT, "", "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 503, from envoy\\.")
				.says("handshake", Verdict.FAILED, Checked.other("503 from envoy"));
		}
	}

	private Proxy envoy(String manager, String route, String filters) throws Exception {
		return Envoy.before(this.directory, this.server, Envoy.RIGHT + "\n          " + manager, route, filters);
	}

	private static String filter(String type, String members) {
		return "- {name: filter, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters.http." + type
				+ ", " + members + "}}";
	}

}
