package wsecho.check.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import wsecho.check.client.Answer;
import wsecho.check.client.End;
import wsecho.check.client.Piece;
import wsecho.check.client.Transfer;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * Requests whose bodies, or whose responses' bodies, are looked at.
 *
 * @param opening sends the request
 */
record Bodies(PlainOpening opening) {

	private static final int OK = 200;

	private static final int MAX_BODY = 2 << 20;

	/** Sends a request, and reads the response whole. */
	void request() throws InterruptedException {
		Transfer sent = this.opening.send(new byte[0]);
		facts().put("open.ok", sent != null);
		if (sent == null) {
			return;
		}
		try (Transfer transfer = sent) {
			Answer head = this.opening.head(transfer);
			boolean whole = head != null && head.status() == OK;
			String body = (head != null) ? body(transfer) : null;
			boolean asked = whole && body != null && isOfThis(body);
			facts().put("probe.answered", asked);
		}
	}

	// the report of a request has its line, and its fields
	private boolean isOfThis(String body) {
		JsonNode report = json(body);
		if (report.path("headers").isArray()) {
			facts().put("request.authorization",
					report.path("headers")
						.valueStream()
						.anyMatch((field) -> field.path("name").asString("").equalsIgnoreCase("Authorization")));
		}
		return report.path("request").asString("").length() >= padding();
	}

	private int padding() {
		Step step = this.opening.step();
		return step.has("padding") ? step.number("padding", values()) : 0;
	}

	private static JsonNode json(String body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	/** The whole body, or null if it does not come in time. */
	private @Nullable String body(Transfer transfer) throws InterruptedException {
		long until = System.nanoTime() + this.opening.within().toNanos();
		StringBuilder body = new StringBuilder();
		for (Piece next = transfer.receive(until); next != null; next = transfer.receive(until)) {
			if (body.length() < MAX_BODY) {
				body.append(next.bytes());
			}
		}
		End end = transfer.awaitEnd(Duration.ZERO);
		return (end != null && end.how().equals("body")) ? body.toString() : null;
	}

	/** Sends a body, of which the server reports what reached it. */
	void post() throws InterruptedException {
		byte[] sent = Fill.noise(this.opening.step().number("size", values()));
		Transfer begun = this.opening.send(sent);
		facts().put("open.ok", begun != null);
		if (begun == null) {
			return;
		}
		try (Transfer transfer = begun) {
			Answer head = this.opening.head(transfer);
			if (head != null && head.status() == OK) {
				reported(body(transfer), sent);
			}
		}
	}

	// other bytes, or not all of them, are no fault of its length
	private void reported(@Nullable String answer, byte[] sent) {
		JsonNode body = json(String.valueOf(answer)).path("body");
		if (body.path("crc32").isString()) {
			boolean same = body.path("bytes").asLong() == sent.length
					&& body.path("crc32").asString().equals(Fill.crc32(sent));
			facts().put("body.same", same).put("probe.answered", same);
		}
		else {
			facts().put("body.failure", (answer != null) ? "what came is no report" : "the answer was cut");
		}
	}

	/** Sends a body in pieces, each of which is to come back before the next is sent. */
	void postSlowly() throws InterruptedException {
		Step step = this.opening.step();
		Transfer begun = this.opening.send(null);
		if (begun == null) {
			return;
		}
		try (Transfer transfer = begun) {
			for (int i = 0; i < step.number("pieces"); i++) {
				transfer.send(Fill.noise(step.number("size", values())));
				transfer.awaitEnd(step.time("every", values()));
			}
			transfer.finish();
			long sent = System.nanoTime();
			facts().put("up.sent.ms", PlainOpening.millis(transfer, sent)).put("up.whole", false);
			if (this.opening.head(transfer) != null) {
				echo(transfer, sent, step.number("pieces") * step.number("size", values()));
			}
		}
	}

	private void echo(Transfer transfer, long sent, int size) throws InterruptedException {
		long until = System.nanoTime() + this.opening.within().toNanos();
		int length = 0;
		for (Piece next = transfer.receive(until); next != null; next = transfer.receive(until)) {
			if (length == 0) {
				facts().put("up.first.ms", PlainOpening.millis(transfer, next.nanos()));
				facts().put("up.early", next.nanos() < sent);
			}
			length += next.bytes().length();
		}
		facts().put("up.bytes", length).put("up.whole", length == size);
		End end = transfer.awaitEnd(Duration.ZERO);
		if (end == null || !end.how().equals("body")) {
			facts().put("up.failure", (end != null) ? "the answer was cut" : "the answer did not end");
		}
	}

	private Facts facts() {
		return this.opening.facts();
	}

	private Values values() {
		return this.opening.values();
	}

}
