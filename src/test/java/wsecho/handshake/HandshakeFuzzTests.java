package wsecho.handshake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.Fuzz;
import wsecho.fixture.HttpAnswers;
import wsecho.fixture.HttpAnswers.Answer;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Random handshakes over real connections: each is answered once, with 101 if and only if
 * {@link HandshakeModel} says so, or with a problem; and nothing stays. {@link Fuzz} says
 * how to go on for longer.
 */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "wsecho.limits.handshake=" + HandshakeFuzzTests.LIMIT_SECONDS + "s")
class HandshakeFuzzTests {

	static final int LIMIT_SECONDS = 2;

	private static final int SEEDS = 1000;

	private static final int THREADS = 24;

	private static final JsonMapper JSON = JsonMapper.shared();

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@Test
	@Timeout(value = 1, unit = TimeUnit.DAYS)
	void everyHandshakeIsAnsweredOnce(CapturedOutput output) throws Exception {
		Fuzz.run(SEEDS, THREADS, this::check);
		await().until(() -> this.meters.get("wsecho.sessions.open").gauge().value() == 0);
		assertThat(output.getAll()).doesNotContain("WARN", "ERROR", "\tat ");
	}

	private void check(long seed) throws Exception {
		RandomHandshake handshake = RandomHandshake.of(seed);
		long begin = System.nanoTime();
		byte[] received = exchange(handshake);
		boolean waited = System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS) * 9 / 10;
		try {
			check(handshake, received, waited);
		}
		catch (Throwable ex) {
			StringBuilder sent = new StringBuilder();
			RandomHandshake.of(seed).pieces().forEach((piece) -> sent.append(printable(piece)));
			throw new AssertionError(ex.getMessage() + "\n" + sent + "\n-> " + printable(received), ex);
		}
	}

	private byte[] exchange(RandomHandshake handshake) throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		try (RawSocket client = new RawSocket(this.port)) {
			send(client, handshake.pieces());
			for (int next = client.readFirst(); next != -1; next = client.readFirst()) {
				received.write(next);
			}
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("the connection stays: " + printable(received.toByteArray()), ex);
		}
		catch (IOException ex) {
			// what the server had not read yet when it closed makes a reset of the end
		}
		return received.toByteArray();
	}

	private static void send(RawSocket client, List<byte[]> pieces) {
		try {
			for (byte[] piece : pieces) {
				client.send(piece);
			}
		}
		catch (IOException ex) {
			// it has been closed, after an answer to be read
		}
	}

	private void check(RandomHandshake handshake, byte[] received, boolean waited) throws Exception {
		HttpAnswers read = HttpAnswers.read(received, handshake.method().contains("HEAD"));
		List<Answer> answers = read.answers();
		assertThat(waited || !answers.isEmpty()).as("answered").isTrue();
		assertThat(answers).hasSizeLessThanOrEqualTo(handshake.mostRequests());
		for (Answer answer : answers) {
			checkAnswer(handshake, answer);
		}
		if (!answers.isEmpty()) {
			checkFirst(handshake, answers.get(0));
			checkOthers(handshake, answers, waited);
			checkFrames(read.rest());
		}
	}

	private void checkAnswer(RandomHandshake handshake, Answer answer) {
		boolean mayFail = answer.status() == 505
				|| (answer.status() == 503 && handshake.target().contains("refuse/503"));
		assertThat(answer.status() < 500 || mayFail).as("status %d", answer.status()).isTrue();
		if (answer.status() >= 300 && !handshake.method().contains("HEAD")) {
			assertThat(answer.fields().get("content-type")).isEqualTo("application/problem+json");
			JsonNode problem = JSON.readTree(answer.body());
			assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
			assertThat(problem.path("detail").asString("")).isNotBlank();
		}
	}

	private void checkFirst(RandomHandshake handshake, Answer first) throws Exception {
		HandshakeModel model = new HandshakeModel(handshake.fields());
		if (first.status() == 101 && !handshake.isCorrupted()) {
			assertThat(first.fields()).containsEntry("sec-websocket-accept", model.accept());
		}
		Optional<Boolean> expected = handshake.isCorrupted() ? Optional.empty() : model.isHandshake();
		boolean isLine = handshake.method().equals("GET") && handshake.version().matches("HTTP/1\\.[1-9]");
		if (expected.isPresent() && expected.get() && isLine && handshake.isPlain()) {
			checkByTarget(handshake.target(), first.status());
		}
		else if (expected.isPresent() && (!expected.get() || !handshake.method().equals("GET"))) {
			assertThat(first.status()).isNotEqualTo(101);
		}
	}

	private void checkByTarget(String target, int status) {
		switch (target) {
			case "/websocket", "/websocket/handshake", "/websocket/close/4000", "/websocket?compress=true",
					"/websocket/push?every=1h", "http://localhost/websocket" ->
				assertThat(status).isEqualTo(101);
			case "/websocket?handshake-delay=10ms" -> assertThat(status).isIn(101, 400);
			case "/websocket/refuse/503" -> assertThat(status).isIn(503, 400);
			case "/", "/api", "/nope", "/livez" -> assertThat(status).isEqualTo(404);
			default -> {
			}
		}
	}

	private void checkOthers(RandomHandshake handshake, List<Answer> answers, boolean waited) {
		Answer last = answers.get(answers.size() - 1);
		// a body that cannot be read ends the connection, if need be after the answer
		if (!last.isLast() && !waited && handshake.isPlain() && !handshake.isMisleading()) {
			throw new AssertionError("closed without having said so, after " + answers.size() + " answers");
		}
		if (answers.size() > 1 && !handshake.isMisleading()) {
			assertThat(answers.subList(1, answers.size())).extracting(Answer::status).containsOnly(200);
		}
	}

	// the requests that follow a handshake are frames, and wrong ones
	private static void checkFrames(byte[] frames) {
		int at = 0;
		while (at < frames.length) {
			int first = frames[at] & 0xff;
			int length = frames[at + 1] & 0xff;
			int header = (length == 126) ? 4 : 2;
			assertThat(first).isIn(0x81, 0x88);
			at += header + ((length == 126) ? (frames[at + 2] & 0xff) << 8 | (frames[at + 3] & 0xff) : length);
			assertThat(first == 0x88).isEqualTo(at == frames.length);
		}
	}

	private static String printable(byte[] bytes) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < Math.min(bytes.length, 2000); i++) {
			boolean plain = (bytes[i] >= ' ' && bytes[i] < 0x7f) || bytes[i] == '\n';
			text.append(plain ? "" + (char) bytes[i]
					: (bytes[i] == '\r') ? "" : "\\x" + HexFormat.of().toHexDigits(bytes[i]));
		}
		return text.toString();
	}

}
