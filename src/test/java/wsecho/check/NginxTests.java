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

/** What the check says of an nginx that is right, and wrong in one way each. */
@RunningService
class NginxTests {

	private static final Limit LIMIT = new Limit(5);

	private static final String REPORT = "^(/websocket/handshake)";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> timed() {
		return new AtOnce().with("set up rightly", this::right)
			.with("an idle limit is found, and pings help", this::idle)
			.with("a slow handshake is cut", this::slow)
			.with("an answer that is held is given up, and a silent stream", this::held)
			.tests();
	}

	private void right() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT, "")) {
			Checked.at(proxy.port(), "3s").restPasses();
		}
	}

	private void idle() throws Exception {
		String limit = " proxy_read_timeout 5s;";
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT + limit, "")) {
			Checked.at(proxy.port(), "8s", "idle*", "lifetime", "signalr-keepalive")
				.says("idle", Verdict.FAILED, LIMIT.idle("client did \\(fin\\)"))
				.sets("idle", "nginx: proxy_read_timeout")
				.says("signalr-keepalive", Verdict.FAILED,
						"A quiet WebSocket was cut after (4\\.9|5\\.\\d) s, before SignalR's first ping, .* If lifetime "
								+ "passes, it was for the silence\\. A quiet event stream was cut after (4\\.9|5\\.\\d) s, "
								+ "before .* If sse-lifetime passes, it was for the silence\\.")
				.sets("signalr-keepalive", "nginx: proxy_read_timeout")
				.restPasses("idle", "signalr-keepalive");
		}
	}

	private void slow() throws Exception {
		String limit = " proxy_read_timeout 1s; rewrite " + REPORT + " $1?handshake-delay=3s break;";
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT + limit, "")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.GAVE_UP)
				.sets("handshake", "nginx: proxy_read_timeout");
		}
	}

	private void held() throws Exception {
		String limit = Nginx.PLAIN + " proxy_read_timeout 5s;";
		try (Proxy proxy = Nginx.plain(this.directory, this.server, limit, "")) {
			Checked.at(proxy.port(), "8s", "held-answer", "sse-*")
				.says("held-answer", Verdict.FAILED, LIMIT.heldFor(8))
				.sets("held-answer", "nginx: proxy_read_timeout")
				.says("sse-idle", Verdict.FAILED, LIMIT.streamIdle("client ended it \\(fin\\)"))
				.sets("sse-idle", "nginx: proxy_read_timeout")
				.restPasses("held-answer", "sse-idle");
		}
	}

	@Test
	void passesNothingOnUnlessItIsSet() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, "", "")) {
			Checked.at(proxy.port(), "0s", "handshake", "sizes")
				.says("handshake", Verdict.FAILED,
						"The handshake reached the server as HTTP/1.0 and was refused with 426. Something between "
								+ "speaks HTTP/1.0 to the server, and what was missing or wrong is: HTTP version, Upgrade, Connection\\.")
				.sets("handshake", "nginx: proxy_http_version 1.1;")
				.says("sizes", Verdict.NOT_RUN, "It needs a session, and the handshake did not open one\\.");
		}
	}

	@Test
	void withConnectionAloneItRemovesUpgrade() throws Exception {
		String connection = "proxy_http_version 1.1; proxy_set_header Connection upgrade;";
		try (Proxy proxy = Nginx.before(this.directory, this.server, connection, "")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.removed("Upgrade"))
				.sets("handshake", "nginx: proxy_http_version 1.1;");
		}
	}

	@Test
	void aQueryThatItRemovesHasItAnsweredEarly() throws Exception {
		String removes = Nginx.RIGHT + " rewrite ^(/websocket)$ $1? break;";
		try (Proxy proxy = Nginx.before(this.directory, this.server, removes, "")) {
			Checked.at(proxy.port(), "0s", "slow-handshake")
				.says("slow-handshake", Verdict.CHANGED,
						"The server was to answer after 5\\.0 s, and the answer came after \\d+ ms: something between "
								+ "answers handshakes by itself, or removes their query\\.");
		}
	}

	@Test
	void aHostThatIsNotPassedOnIsTold() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.UPGRADE, "")) {
			Checked.at(proxy.port(), "0s", "host-and-origin", "fields")
				.says("host-and-origin", Verdict.CHANGED, Checked.host("u"))
				.sets("host-and-origin", "nginx: proxy_set_header Host $http_host;")
				.restPasses("host-and-origin");
		}
	}

	@Test
	void aHostWithoutItsPortIsTold() throws Exception {
		String host = Nginx.UPGRADE + " proxy_set_header Host $host;";
		try (Proxy proxy = Nginx.before(this.directory, this.server, host, "")) {
			Checked.at(proxy.port(), "0s", "host-and-origin")
				.says("host-and-origin", Verdict.CHANGED,
						"The server is told Host localhost, while the Origin is http://localhost:\\d+: the port was lost.*")
				.sets("host-and-origin", "nginx: proxy_set_header Host $http_host; ($host has no port)");
		}
	}

	@Test
	void fieldsThatItRemovesAreNamed() throws Exception {
		String removed = Nginx.RIGHT + " proxy_set_header Cookie ''; proxy_set_header Sec-WebSocket-Protocol '';";
		try (Proxy proxy = Nginx.before(this.directory, this.server, removed, "")) {
			Checked.at(proxy.port(), "0s", "host-and-origin", "fields", "subprotocol", "text")
				.says("fields", Verdict.CHANGED, "Sent, and not arrived: Cookie\\.")
				.says("subprotocol", Verdict.FAILED,
						"Two were offered and none arrived: something removed "
								+ "Sec-WebSocket-Protocol from the handshake\\.")
				.restPasses("fields", "subprotocol");
		}
	}

	@Test
	void aHandshakeThatItRepeatsIsCounted() throws Exception {
		int[] twice = { this.server, this.server };
		try (Proxy proxy = Nginx.before(this.directory, twice, Nginx.RIGHT + " proxy_next_upstream error http_503;")) {
			Checked.at(proxy.port(), "0s", "refusal")
				.says("refusal", Verdict.CHANGED,
						"2 handshakes reached the server for the one that was sent: something between repeats those that "
								+ "are refused\\.")
				.sets("refusal", "nginx: Leave http_503 and non_idempotent out of proxy_next_upstream.");
		}
	}

	@Test
	void anotherServerInTurnIsNoRepetition() throws Exception {
		int[] twice = { this.server, this.server };
		try (Proxy proxy = Nginx.before(this.directory, twice, Nginx.RIGHT)) {
			Checked.at(proxy.port(), "0s", "refusal").restPasses();
		}
	}

	@Test
	void itsOwnRefusalsAreNotTheServers() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT + " deny all;", "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("handshake", Verdict.FAILED, Checked.other("403 from nginx/[0-9.]+"))
				.restPasses("handshake");
		}
	}

	@Test
	void itsRateLimitIsNotTheServers() throws Exception {
		String zone = "limit_req_zone $binary_remote_addr zone=z:64k rate=1r/m;";
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT + " limit_req zone=z;", zone)) {
			Checked.at(proxy.port(), "0s", "handshake").restPasses();
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, Checked.other("503 from nginx/[0-9.]+"))
				.sets("handshake", "503 may be limit_req");
		}
	}

	@Test
	void aLimitOfHandshakesIsFoundWithTheFirstThatDoesNotArrive() throws Exception {
		String zone = "limit_req_zone $binary_remote_addr zone=z:64k rate=1r/m;";
		String limit = Nginx.RIGHT + " limit_req zone=z burst=10 nodelay;";
		try (Proxy proxy = Nginx.before(this.directory, this.server, limit, zone)) {
			Checked checked = Checked.at(proxy.port(), "0s", "rate");
			// the handshake before counts too
			checked.says("rate", Verdict.CHANGED,
					"10 handshakes opened in \\d+ ms; the next did not reach the server: something between refused it "
							+ "with 503\\.")
				.sets("rate", "nginx: limit_req and its burst");
			PageView.says(checked, "rate", Verdict.CHANGED,
					"10 handshakes opened in \\d+ ms; the next did not reach the server: something between refused it\\.");
		}
	}

	@Test
	void aLimitOfEverythingIsNotTheServers() throws Exception {
		String limit = "limit_req_zone $binary_remote_addr zone=z:64k rate=1r/m; limit_req zone=z burst=10 nodelay;";
		try (Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT, limit)) {
			Checked.at(proxy.port(), "0s", "rate")
				.says("rate", Verdict.CHANGED,
						"\\d handshakes opened in \\d+ ms; the next was refused with 503, and not by wsecho, which .*");
		}
	}

	@Test
	void withoutAServerItIsNoRefusalOfTheServer() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, Proxy.freePort(), Nginx.RIGHT, "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 502, from nginx/[0-9.]+\\.")
				.says("handshake", Verdict.FAILED, Checked.UNREACHED);
		}
	}

	@Test
	void overHttp10ItGathersStreams() throws Exception {
		try (Proxy proxy = Nginx.plain(this.directory, this.server, "", "")) {
			Checked.at(proxy.port(), "0s", "sse-open", "sse-gaps")
				.says("sse-open", Verdict.FAILED,
						Checked.GATHERED + "Something between speaks HTTP/1\\.0 to the server .*")
				.sets("sse-open", "nginx: proxy_http_version 1.1;")
				.says("sse-gaps", Verdict.FAILED, "20 events, sent each 100 ms, came within \\d+ ms: .*");
		}
	}

	@Test
	void streamsThatItCompressesAreGathered() throws Exception {
		String gzip = "gzip on; gzip_types text/event-stream;";
		try (Proxy proxy = Nginx.plain(this.directory, this.server, Nginx.PLAIN, gzip)) {
			Checked.at(proxy.port(), "0s", "sse-open")
				.says("sse-open", Verdict.FAILED,
						"5 events, one each 200 ms, came all at once after \\d+ ms, compressed "
								+ "on the way \\(gzip\\)\\. .*")
				.sets("sse-open", "nginx: gzip_types without text/event-stream;");
		}
	}

	@Test
	void itsLimitOfABodyIsFound() throws Exception {
		String limit = "proxy_http_version 1.1; proxy_request_buffering off; client_max_body_size 10k;";
		try (Proxy proxy = Nginx.plain(this.directory, this.server, limit, "")) {
			Checked.at(proxy.port(), "0s", "body-up")
				.says("body-up", Verdict.CHANGED,
						"Bodies of up to 10,240 bytes pass; one of 10,241 bytes is refused with "
								+ "413, and not by wsecho\\.")
				.sets("body-up", "nginx: client_max_body_size");
		}
	}

	@Test
	void bodiesThatItGathersAreTold() throws Exception {
		try (Proxy proxy = Nginx.plain(this.directory, this.server, "proxy_http_version 1.1;", "")) {
			Checked.at(proxy.port(), "0s", "body-up", "sse-open")
				.says("body-up", Verdict.CHANGED, Checked.GATHERED_UP)
				.sets("body-up", "nginx: proxy_request_buffering off;")
				.restPasses("body-up");
		}
	}

	@Test
	void methodsThatItRefusesAreNamed() throws Exception {
		String limit = Nginx.PLAIN + " limit_except GET POST { deny all; }";
		try (Proxy proxy = Nginx.plain(this.directory, this.server, limit, "")) {
			Checked.at(proxy.port(), "0s", "methods")
				.says("methods", Verdict.CHANGED,
						"PUT is refused with 403, and did not reach the server\\. PATCH is .*" + " DELETE is .*")
				.sets("methods", "nginx: limit_except");
		}
	}

	@Test
	void itsLimitOfARequestLineIsFound() throws Exception {
		try (Proxy proxy = Nginx.plain(this.directory, this.server, Nginx.PLAIN, "large_client_header_buffers 4 2k;")) {
			Checked.at(proxy.port(), "0s", "long-query")
				.says("long-query", Verdict.CHANGED,
						"Queries of up to 1,9\\d\\d bytes arrive; longer ones something between refuses with 414\\.")
				.sets("long-query", "nginx: large_client_header_buffers");
		}
	}

	@Test
	void anAuthorizationThatItRemovesIsTold() throws Exception {
		String removes = Nginx.PLAIN + " proxy_set_header Authorization '';";
		try (Proxy proxy = Nginx.plain(this.directory, this.server, removes, "")) {
			Checked.at(proxy.port(), "0s", "long-query")
				.says("long-query", Verdict.CHANGED, "Authorization was sent, and the request arrived without it: .*");
		}
	}

	@Test
	void whereItPassesNothingOnAStockClientOfSignalrWaitsForEver() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, "", "")) {
			Checked.at(proxy.port(), "0s", "affinity", "signalr-transports")
				.says("signalr-transports", Verdict.FAILED,
						"No WebSocket opens \\(426\\), and an event stream gets no answer\\. A stock client waits here for "
								+ "ever, though long polling carried a call after \\d+ ms\\.")
				.restPasses("signalr-transports");
		}
	}

	@Test
	void withoutUpgradeAStockClientOfSignalrEndsOnEventStreams() throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, "proxy_http_version 1.1;", "")) {
			Checked.at(proxy.port(), "0s", "signalr-transports")
				.says("signalr-transports", Verdict.CHANGED,
						"No WebSocket opens \\(426\\)\\. A stock client ends on event "
								+ "streams, which carried a call after \\d+ ms, and tells nobody\\.");
		}
	}

}
