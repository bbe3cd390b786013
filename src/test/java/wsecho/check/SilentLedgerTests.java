package wsecho.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import wsecho.check.table.Table;
import wsecho.check.table.Verdict;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That a server whose ledger accepts questions and never answers is waited for twice by
 * the command line, and once by a page, which asks seven times; and briefly from then on.
 * Both take 10 s for it, and run at once.
 */
@RunningService
class SilentLedgerTests {

	private static final String[] ASKING = { "close-from-server", "close-from-client", "abnormal-end", "refusal",
			"methods" };

	private static final String UNKNOWN = "Close 4000 was sent; the server could not be asked what it saw "
			+ "\\(silent, and asked briefly\\)\\.";

	// one for each round of these checks, and of the handshake
	private static final int QUESTIONS = Table.load()
		.checks()
		.stream()
		.filter((check) -> List.of(ASKING).contains(check.id()) || check.id().equals("handshake"))
		.mapToInt((check) -> check.each().size())
		.sum();

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@LocalServerPort
	private int server;

	@TestFactory
	Stream<DynamicTest> itIsSoonAskedBriefly() {
		return new AtOnce().with("command line", this::commandLine).with("page", this::page).tests();
	}

	private void commandLine() throws Exception {
		try (Hung hung = new Hung(); Hop hop = before(hung)) {
			Checked.at(hop.port(), "0s", ASKING)
				.says("close-from-client", Verdict.CANT_TELL, UNKNOWN)
				.restPassesOrCannotBeTold("close-from-client");
			assertThat(hung.asked()).isBetween(3, 2 + QUESTIONS);
		}
	}

	private void page() throws Exception {
		try (Hung hung = new Hung();
				Hop hop = before(hung);
				PageCheck page = PageCheck.start(CHROMIUM, hop.port(), "0", ASKING)) {
			JsonNode results = page.results();
			PageCheck.says(results, "close-from-client", Verdict.CANT_TELL, UNKNOWN);
			assertThat(results.path("complete").asBoolean()).isTrue();
			assertThat(hung.asked()).isBetween(8, 7 + QUESTIONS);
		}
	}

	private Hop before(Hung hung) throws Exception {
		int port = Proxy.freePort();
		Proxy proxy = Nginx.before(this.directory, this.server, Nginx.RIGHT, """
				server {
				  listen 127.0.0.1:%1$d;
				  location / { proxy_pass http://127.0.0.1:%2$d; %4$s }
				  location ~ ^/(attempts|sessions)/ { proxy_pass http://127.0.0.1:%3$d; }
				}""".formatted(port, this.server, hung.port(), Nginx.RIGHT));
		return new Hop() {
			@Override
			public int port() {
				return port;
			}

			@Override
			public void close() throws IOException {
				proxy.close();
			}
		};
	}

	/** Accepts connections, and does nothing more. */
	private static final class Hung implements AutoCloseable {

		private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

		private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

		Hung() throws IOException {
			Pipe.start(() -> {
				while (true) {
					this.accepted.add(this.listener.accept());
				}
			});
		}

		int port() {
			return this.listener.getLocalPort();
		}

		int asked() {
			return this.accepted.size();
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
			for (Socket connection : this.accepted) {
				connection.close();
			}
		}

	}

}
