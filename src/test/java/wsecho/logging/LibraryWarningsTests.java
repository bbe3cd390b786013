package wsecho.logging;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client can have logged: one line a kind, and none of its words. */
class LibraryWarningsTests {

	private static final String FORGED = ":x\n2026-11-25T00:00:00.000Z INFO forged";

	// with settings that are no base64
	private static final String UPGRADE = """
			GET / HTTP/1.1
			Host: a
			Connection: Upgrade, HTTP2-Settings
			Upgrade: h2c
			HTTP2-Settings: !secret

			""".replace("\n", "\r\n");

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] SETTINGS = HexFormat.of().parseHex("000000040000000000");

	private static final Logger LIBRARY = libraryLogger();

	private static Logger libraryLogger() {
		Logger logger = new LoggerContext().getLogger("io.netty.Any");
		logger.setLevel(Level.INFO);
		return logger;
	}

	@Test
	void clientsWriteNothingIntoTheLog() throws Exception {
		try (ServiceProcess service = ServiceProcess.start()) {
			for (int i = 0; i < 20; i++) {
				provoke(service.port());
				provoke(service.managementPort());
			}
			service.stop();
			assertThat(
					service.log().stream().filter((line) -> line.contains(" reports ")).map(LibraryWarningsTests::kind))
				.doesNotHaveDuplicates();
			assertThat(service.log()).hasSizeLessThan(20)
				.noneMatch((line) -> line.contains("forged") || line.contains("\tat ") || line.contains("secret"));
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void libraryIsReportedOnceWithoutItsText(CapturedOutput output) {
		LibraryWarnings filter = new LibraryWarnings();
		for (int i = 0; i < 3; i++) {
			assertThat(decide(filter, LIBRARY, Level.WARN)).isEqualTo(FilterReply.DENY);
		}
		assertThat(output).containsOnlyOnce("io.netty.Any reports java.lang.IllegalStateException at ")
			.doesNotContain("forged", "secret");
	}

	@Test
	void everythingElsePasses() {
		LibraryWarnings filter = new LibraryWarnings();
		LoggerContext context = LIBRARY.getLoggerContext();
		Logger debugged = context.getLogger("reactor.netty.Any");
		debugged.setLevel(Level.DEBUG);
		assertThat(decide(filter, LIBRARY, Level.DEBUG)).isEqualTo(FilterReply.NEUTRAL);
		assertThat(decide(filter, debugged, Level.WARN)).isEqualTo(FilterReply.NEUTRAL);
		assertThat(decide(filter, context.getLogger("wsecho.Any"), Level.ERROR)).isEqualTo(FilterReply.NEUTRAL);
		assertThat(decide(filter, context.getLogger("io.netty.util.ResourceLeakDetector"), Level.ERROR))
			.isEqualTo(FilterReply.NEUTRAL);
	}

	private static FilterReply decide(LibraryWarnings filter, Logger logger, Level level) {
		return filter.decide(null, logger, level, "forged {}", new Object[] { "secret" },
				new IllegalStateException("secret"));
	}

	// logger and exception
	private static String kind(String line) {
		return line.replaceFirst(".* : (.*? reports .*?)( at .*|\\. A client.*)", "$1");
	}

	private static void provoke(int port) throws Exception {
		// RFC 9113: a pseudo-header field in the trailers, a stream that the client may
		// not open, SETTINGS of two bytes
		http2(port, headers(4, 1, ":method", "POST", ":path", "/api?secret", ":scheme", "http", ":authority", "a"),
				headers(5, 1, FORGED, "x"));
		http2(port, headers(5, 2, ":method", "GET", ":path", "/", ":scheme", "http", ":authority", "a"));
		http2(port, frame(4, 0, 0, new byte[2]));
		try (RawSocket client = new RawSocket(port)) {
			client.send(UPGRADE);
			client.endOutput();
			client.awaitEnd();
		}
		try (RawSocket client = new RawSocket(port)) {
			client.send("GET /actuator/health/%2e%2e/%2e%2e/secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
				.awaitEnd();
		}
	}

	private static void http2(int port, byte[]... frames) throws Exception {
		try (RawSocket client = new RawSocket(port)) {
			client.send(PREFACE).send(SETTINGS);
			for (byte[] each : frames) {
				client.send(each);
			}
			client.endOutput();
			client.awaitEnd();
		}
	}

	private static byte[] headers(int flags, int stream, String... fields) {
		// literal without indexing, new name (RFC 7541, 6.2.2)
		StringBuilder literal = new StringBuilder();
		for (int i = 0; i < fields.length; i += 2) {
			literal.append('\0')
				.append((char) fields[i].length())
				.append(fields[i])
				.append((char) fields[i + 1].length())
				.append(fields[i + 1]);
		}
		return frame(1, flags, stream, literal.toString().getBytes(StandardCharsets.ISO_8859_1));
	}

	private static byte[] frame(int type, int flags, int stream, byte[] payload) {
		byte[] frame = new byte[9 + payload.length];
		frame[2] = (byte) payload.length;
		frame[3] = (byte) type;
		frame[4] = (byte) flags;
		frame[8] = (byte) stream;
		System.arraycopy(payload, 0, frame, 9, payload.length);
		return frame;
	}

}
