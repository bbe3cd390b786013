package wsecho.check;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.client.Route;
import wsecho.check.client.Target;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/** HTTP/2 from the check to the server, and to what speaks it in half. */
@RunningService
class Http2RouteTests {

	/** SETTINGS with ENABLE_CONNECT_PROTOCOL (8) = 1, and its acknowledgement. */
	private static final byte[] ALLOWS = { 0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 4, 1, 0, 0, 0, 0 };

	/** SETTINGS that say nothing, and their acknowledgement. */
	private static final byte[] SILENT = { 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0 };

	/** HEADERS of stream 3 with END_STREAM: {@code :status: 502}, by a literal. */
	private static final byte[] BAD_GATEWAY = { 0, 0, 5, 1, 5, 0, 0, 0, 3, 0x48, 3, '5', '0', '2' };

	@LocalServerPort
	private int server;

	@Test
	void allPassesOverHttp2() throws Exception {
		Checked.at(Route.to(Target.of("ws://localhost:" + this.server)).overHttp2(), "3s")
			.says("handshake", Verdict.PASS, "Opened in \\d+ ms, over HTTP/2 at the server\\.")
			.says("http-version", Verdict.PASS, "[^\n]* with extended CONNECT: [^\n]* reached the server as HTTP/2\\.")
			.restPasses("tls");
	}

	@Test
	void anEdgeThatAllowsWhatItCannotIsTold() throws Exception {
		try (Edge edge = new Edge(this.server, ALLOWS, BAD_GATEWAY)) {
			Checked.at(edge.port(), "0s", "http-version")
				.says("http-version", Verdict.FAILED,
						"SETTINGS allow extended CONNECT, [^\n]* refused with 502, [^\n]*")
				.sets("http-version", "Turn ENABLE_CONNECT_PROTOCOL (RFC 8441) off at the edge");
		}
	}

	@Test
	void anEdgeThatEndsTheConnectionIsTold() throws Exception {
		try (Edge edge = new Edge(this.server, ALLOWS, new byte[0])) {
			Checked.at(edge.port(), "0s", "http-version")
				.says("http-version", Verdict.FAILED, "SETTINGS allow extended CONNECT, [^\n]* failed, [^\n]*");
		}
	}

	@Test
	void anEdgeThatSaysThatItCannotIsWell() throws Exception {
		try (Edge edge = new Edge(this.server, SILENT, new byte[0])) {
			Checked.at(edge.port(), "0s", "http-version")
				.says("http-version", Verdict.PASS, "HTTP/2 is spoken, without extended CONNECT: [^\n]*");
		}
	}

	@Test
	void anEdgeOfHttp1IsWell() throws Exception {
		try (Edge edge = new Edge(this.server, new byte[0], new byte[0])) {
			Checked.at(edge.port(), "0s", "http-version")
				.says("http-version", Verdict.PASS, "HTTP/2 is not spoken here: browsers use HTTP/1\\.1\\.");
		}
	}

	/** Hands HTTP/1.1 on to the server, and answers HTTP/2 with these bytes alone. */
	private static final class Edge implements AutoCloseable {

		private static final int FRAME_HEADER = 9;

		private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

		private final int server;

		private final List<byte[]> answers;

		Edge(int server, byte[]... answers) throws IOException {
			this.server = server;
			this.answers = List.of(answers);
			Pipe.start(this::accept);
		}

		int port() {
			return this.listener.getLocalPort();
		}

		private void accept() throws IOException {
			while (true) {
				Socket client = this.listener.accept();
				Pipe.start(() -> serve(client));
			}
		}

		private void serve(Socket client) throws IOException {
			try (client) {
				byte[] first = client.getInputStream().readNBytes(3);
				if (!new String(first, StandardCharsets.US_ASCII).equals("PRI")) {
					relay(client, first);
					return;
				}
				client.getInputStream().readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length() - first.length);
				client.getOutputStream().write(this.answers.get(0));
				awaitHeaders(client);
				client.getOutputStream().write(this.answers.get(1));
				// a reset would overtake the answer
				client.shutdownOutput();
				client.getInputStream().transferTo(OutputStream.nullOutputStream());
			}
		}

		private void relay(Socket client, byte[] first) throws IOException {
			try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.server)) {
				upstream.getOutputStream().write(first);
				Pipe.join(client, upstream);
			}
		}

		private void awaitHeaders(Socket client) throws IOException {
			int type = -1;
			while (this.answers.get(0).length > 0 && type != 1) {
				byte[] header = client.getInputStream().readNBytes(FRAME_HEADER);
				if (header.length < FRAME_HEADER) {
					return;
				}
				type = header[3];
				client.getInputStream()
					.skipNBytes((header[0] & 0xFF) << 16 | (header[1] & 0xFF) << 8 | (header[2] & 0xFF));
			}
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
		}

	}

}
