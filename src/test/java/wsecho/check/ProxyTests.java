package wsecho.check;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RunningService;

/**
 * What the check says through proxies that are set up rightly, and wrongly in one way
 * each.
 */
@RunningService
class ProxyTests {

	private static final String[] QUICK = { "h*", "fields", "sub*", "text", "sizes", "push-live", "close*",
			"abnormal-end" };

	private static final String UPGRADE = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
			+ "proxy_set_header Connection upgrade;";

	private static final String RIGHT = UPGRADE + " proxy_set_header Host $http_host;";

	private static final String NOT_BY_THIS_END = "this end did not end it, and to the server the ";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@Test
	void nothingBetweenIsAllRight() throws Exception {
		Checked.at(this.server, "3s").restPasses();
	}

	@Test
	void nginxSetUpRightlyIsAllRight() throws Exception {
		try (Proxy proxy = Proxy.nginx(this.directory, this.server, RIGHT, "")) {
			Checked.at(proxy.port(), "3s").restPasses();
		}
	}

	@Test
	void haproxySetUpRightlyIsAllRight() throws Exception {
		try (Proxy proxy = Proxy.haproxy(this.directory, this.server, "", "1h")) {
			Checked.at(proxy.port(), "3s").restPasses();
		}
	}

	@Test
	void nginxThatPassesNothingOnSpeaksHttp10() throws Exception {
		try (Proxy proxy = Proxy.nginx(this.directory, this.server, "", "")) {
			Checked.at(proxy.port(), "0s", "handshake", "sizes")
				.says("handshake", Verdict.FAILED,
						"The handshake reached the server as HTTP/1.0 and was refused with 426. Something between "
								+ "speaks HTTP/1.0 to the server, and what was missing or wrong is: HTTP version, Upgrade, Connection\\.")
				.sets("handshake", "nginx: proxy_http_version 1.1;")
				.says("sizes", Verdict.NOT_RUN, "It needs a session, and the handshake did not open one\\.");
		}
	}

	@Test
	void nginxThatSetsConnectionOnlyRemovesUpgrade() throws Exception {
		String connection = "proxy_http_version 1.1; proxy_set_header Connection upgrade;";
		try (Proxy proxy = Proxy.nginx(this.directory, this.server, connection, "")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED,
						"The handshake reached the server without what makes it one, and was "
								+ "refused with 426. Something between removed or changed: Upgrade\\.");
		}
	}

	@Test
	void nginxThatDoesNotPassTheHostOnIsTold() throws Exception {
		try (Proxy proxy = Proxy.nginx(this.directory, this.server, UPGRADE, "")) {
			Checked.at(proxy.port(), "0s", QUICK)
				.says("host-and-origin", Verdict.CHANGED,
						"The server is told Host u, while the Origin is http://localhost:\\d+: software that compares "
								+ "them refuses with 403\\.")
				.sets("host-and-origin", "proxy_set_header Host $http_host;")
				.restPasses("host-and-origin");
		}
	}

	@Test
	void nginxThatPassesTheHostWithoutItsPortIsTold() throws Exception {
		try (Proxy proxy = Proxy.nginx(this.directory, this.server, UPGRADE + " proxy_set_header Host $host;", "")) {
			Checked.at(proxy.port(), "0s", "host-and-origin")
				.says("host-and-origin", Verdict.CHANGED,
						"The server is told Host localhost, while the Origin is http://localhost:\\d+: the port was lost.*");
		}
	}

	@Test
	void fieldsThatNginxRemovesAreNamed() throws Exception {
		String removed = RIGHT + " proxy_set_header Cookie ''; proxy_set_header Sec-WebSocket-Protocol '';";
		try (Proxy proxy = Proxy.nginx(this.directory, this.server, removed, "")) {
			Checked.at(proxy.port(), "0s", QUICK)
				.says("fields", Verdict.CHANGED, "Sent, and not arrived: Cookie\\.")
				.says("subprotocol", Verdict.FAILED,
						"Two were offered and none arrived: something removed "
								+ "Sec-WebSocket-Protocol from the handshake\\.")
				.restPasses("fields", "subprotocol");
		}
	}

	@Test
	void refusalsOfNginxAreNotTheServers() throws Exception {
		try (Proxy proxy = Proxy.nginx(this.directory, this.server, RIGHT + " deny all;", "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("handshake", Verdict.FAILED,
						"403 from nginx/[0-9.]+, and not from wsecho, which refuses with a "
								+ "problem document: something before it has answered, or this is no wsecho\\.")
				.restPasses("handshake");
		}
	}

	@Test
	void theRateLimitOfNginxIsNotTheServers() throws Exception {
		String zone = "limit_req_zone $binary_remote_addr zone=z:64k rate=1r/m;";
		try (Proxy proxy = Proxy.nginx(this.directory, this.server, RIGHT + " limit_req zone=z;", zone)) {
			Checked.at(proxy.port(), "0s", "handshake").restPasses();
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED, "503 from nginx/[0-9.]+, and not from wsecho.*")
				.sets("handshake", "503 may be limit_req");
		}
	}

	@Test
	void aProxyWithoutAServerIsNoRefusalOfTheServer() throws Exception {
		try (Proxy proxy = Proxy.nginx(this.directory, Proxy.freePort(), RIGHT, "")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 502, from nginx/[0-9.]+\\.")
				.says("handshake", Verdict.FAILED,
						"502, not from wsecho: something between got no answer of the server.*");
		}
	}

	@Test
	void haproxyThatRemovesUpgradeIsTold() throws Exception {
		try (Proxy proxy = Proxy.haproxy(this.directory, this.server, "http-request del-header Upgrade", "1h")) {
			Checked.at(proxy.port(), "0s", "handshake")
				.says("handshake", Verdict.FAILED,
						"The handshake reached the server without .* Upgrade(, Connection)?\\.");
		}
	}

	@Test
	void refusalsOfHaproxyAreNotTheServers() throws Exception {
		try (Proxy proxy = Proxy.haproxy(this.directory, this.server, "http-request deny", "1h")) {
			Checked.at(proxy.port(), "0s", "http", "handshake")
				.says("http", Verdict.FAILED, "Nothing of wsecho answers here: /readyz is 403\\.")
				.says("handshake", Verdict.FAILED, "403, and not from wsecho, .*");
		}
	}

	// two proxies at once, since each takes as long as its limit and the time that shows
	// it

	@Test
	void idleLimitsAreFoundAndPingsHelp() throws Exception {
		String limit = " proxy_read_timeout 3s;";
		try (Proxy proxy = Proxy.nginx(this.directory, this.server, RIGHT + limit, "")) {
			Checked.at(proxy.port(), "6s", "idle*", "lifetime")
				.says("idle", Verdict.FAILED,
						"Cut after [34]\\.\\d s of silence by something between: " + NOT_BY_THIS_END
								+ "client did \\(fin\\)\\.")
				.sets("idle", "nginx: proxy_read_timeout")
				.restPasses("idle");
		}
	}

	@Test
	void theTunnelTimeoutOfHaproxyIsFound() throws Exception {
		try (Proxy proxy = Proxy.haproxy(this.directory, this.server, "", "3s")) {
			Checked.at(proxy.port(), "6s", "idle*", "lifetime")
				.says("idle", Verdict.FAILED,
						"Cut after [34]\\.\\d s of silence by something between: " + NOT_BY_THIS_END
								+ "(network did \\(rst\\)|client did \\(fin\\))\\.")
				.sets("idle", "HAProxy: timeout tunnel")
				.restPasses("idle");
		}
	}

	@Test
	void aRelayThatGathersIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.GATHERS)) {
			Checked.at(relay.port(), "0s", "push-live")
				.says("push-live", Verdict.FAILED,
						"Messages of 128B were sent each 100 ms and came in \\d clumps of up to \\d, with gaps of up to "
								+ "\\d+ ms: something between gathers what the server sends\\. Messages of 4KB .*")
				.restPasses("push-live");
		}
	}

	@Test
	void aRelayThatCutsLargeFramesIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.CUTS_LARGE_FRAMES)) {
			Checked.at(relay.port(), "0s", QUICK)
				.says("sizes", Verdict.FAILED,
						"Messages of 65,535 bytes pass, those of 65,536 bytes do not: a Close 1009  came that the server "
								+ "did not send; to the server it was the client who ended \\(close, 1001\\)\\. "
								+ "Something between reads frames and has a limit\\.")
				.says("text", Verdict.FAILED, "The session was closed with 1009  when text of 70,001 bytes was sent\\.")
				.restPasses("sizes", "text");
		}
	}

	@Test
	void aRelayThatMakesClosesOfEndsIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.MAKES_CLOSES)) {
			Checked.at(relay.port(), "0s", "abnormal-end", "close*")
				.says("abnormal-end", Verdict.CHANGED,
						"The server broke off \\(FIN, no Close\\), and a Close 1000 arrived: something between speaks "
								+ "WebSocket itself.* The server broke off \\(RST, no Close\\).*")
				.restPasses("abnormal-end");
		}
	}

	@Test
	void anEndThatIsHeldBackIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.HOLDS_ENDS_BACK)) {
			Checked.at(relay.port(), "0s", "abnormal-end")
				.says("abnormal-end", Verdict.FAILED,
						"The server ended the connection \\(FIN\\), and this end was not told in 10 s\\. The server ended "
								+ "the connection \\(RST\\), .*");
		}
	}

}
