package wsecho.check;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.Relay.Fault;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/**
 * What is said of a handshake that failed by what the server saw of it, where the refusal
 * is known, as to the command line, and where it is not, as to a browser.
 */
@RunningService
class WitnessTests {

	private static final String RIGHT = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
			+ "proxy_set_header Connection upgrade; proxy_set_header Host $http_host;";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	private Checked nginx(String location) throws Exception {
		try (Proxy proxy = Nginx.before(this.directory, this.server, location, "")) {
			return Checked.at(proxy.port(), "0s", "handshake");
		}
	}

	private Checked relay(Fault fault) throws Exception {
		try (Relay relay = new Relay(this.server, fault)) {
			return Checked.at(relay.port(), "0s", "handshake");
		}
	}

	@Test
	void aHandshakeThatOpensIsAllRightToBoth() throws Exception {
		Checked checked = nginx(RIGHT);
		checked.says("handshake", Verdict.PASS, "Opened in \\d+ ms, over HTTP/1.1 at the server\\.");
		PageView.says(checked, "handshake", Verdict.PASS, "Opened in \\d+ ms, over HTTP/1.1 at the server\\.");
	}

	@Test
	void aHandshakeThatArrivesAsHttp10IsTold() throws Exception {
		PageView.says(nginx(""), "handshake", Verdict.FAILED,
				"The handshake reached the server as HTTP/1.0, and was refused with 426: something between speaks "
						+ "HTTP/1.0 to the server\\.");
	}

	@Test
	void aHandshakeThatArrivesWithoutUpgradeIsTold() throws Exception {
		PageView.says(nginx("proxy_http_version 1.1; proxy_set_header Connection upgrade;"), "handshake",
				Verdict.FAILED, "The handshake reached the server without Upgrade, and was refused with 426: .*");
	}

	@Test
	void aHandshakeThatArrivesWithAnotherConnectionIsTold() throws Exception {
		PageView.says(nginx("proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;"), "handshake",
				Verdict.FAILED, "The handshake reached the server as HTTP/1.1, Upgrade: websocket, Connection: close, "
						+ "and was refused with 426: .*");
	}

	@Test
	void aHandshakeThatArrivesAtAnotherPathIsTold() throws Exception {
		Checked checked = nginx(RIGHT + " rewrite ^/(.*)$ /x/$1 break;");
		checked.says("handshake", Verdict.FAILED, "The server has no such path: .*");
		PageView.says(checked, "handshake", Verdict.FAILED,
				"The handshake reached the server at /x/websocket/handshake, where there is nothing: .*");
	}

	@Test
	void aRefusalOfTheServerIsTheServers() throws Exception {
		Checked checked = nginx(RIGHT + " rewrite ^ /websocket/refuse/503 break;");
		checked.says("handshake", Verdict.FAILED, "The server itself refused with 503: .*");
		PageView.says(checked, "handshake", Verdict.FAILED, "The server itself refused with 503: .*");
	}

	@Test
	void aHandshakeOfWhichNothingArrivesIsTold() throws Exception {
		PageView.says(nginx(RIGHT + " deny all;"), "handshake", Verdict.FAILED,
				"Nothing of the handshake reached the server, while plain HTTP does: something between refuses "
						+ "handshakes by itself, leads them elsewhere, or removes their query\\.");
	}

	@Test
	void aProblemDocumentOfAnotherIsNotTheServers() throws Exception {
		relay(Fault.REFUSES).says("handshake", Verdict.FAILED,
				"401 with a problem document, and the server that answers plain HTTP here has not seen the handshake: .*");
	}

	@Test
	void anAnswerThatIsChangedOnTheWayBackIsTold() throws Exception {
		Checked checked = relay(Fault.CHANGES_ANSWERS);
		checked.says("handshake", Verdict.FAILED, "The handshake reached the server, which accepted it, and the 101 "
				+ "was lost or changed on the way back: the 101 has no Upgrade: websocket.*");
		PageView.says(checked, "handshake", Verdict.FAILED, "The handshake reached the server, which accepted it, and "
				+ "yet no session opened here: the 101 was lost or changed on the way back\\.");
	}

	@Test
	void framesThatDoNotPassAreTold() throws Exception {
		Checked checked = relay(Fault.STOPS_FRAMES);
		String text = "Opened at both ends, but the report .* the 101 passes, and frames do not\\.";
		checked.says("handshake", Verdict.FAILED, text);
		PageView.says(checked, "handshake", Verdict.FAILED, text);
	}

}
