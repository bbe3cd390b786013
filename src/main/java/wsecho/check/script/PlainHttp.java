package wsecho.check.script;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import wsecho.check.client.Answer;
import wsecho.check.client.Client;
import wsecho.check.client.Ledger;
import wsecho.check.client.Request;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * What is asked of the server over plain HTTP.
 *
 * @param client asks
 * @param facts take what it answers
 */
record PlainHttp(Client client, Facts facts) {

	private static final int OK = 200;

	private static final int UNKNOWN = 404;

	/** An instance answers 421 for the sessions of others. */
	private static final int MISDIRECTED = 421;

	private static final int MAX_MISDIRECTED = 10;

	/** How often it is asked again if nothing of the server answers. */
	private static final int MAX_AWAY = 3;

	private static final int[] PAUSES_MILLIS = { 0, 300, 700, 2000, 7000, 15_000, 25_000 };

	void get(Step step, Values values) throws InterruptedException {
		String as = step.text("as", values);
		long start = System.nanoTime();
		try {
			Answer answer = this.client.exchange(Request.plain(this.client.route(), step.text("path", values)), null,
					step.time("within", values));
			this.facts.put(as + ".status", answer.status()).put(as + ".server", answer.field("Server"));
			this.facts.put(as + ".ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
			JsonNode json = answer.json();
			step.pairs("take", values)
				.forEach((take) -> this.facts.put(take.getKey(), json.at(take.getValue()).asString(null)));
		}
		catch (IOException ex) {
			this.facts.put(as + ".failure", ex.getMessage());
		}
	}

	/**
	 * Asks how a session ended, until the server knows.
	 * @param id the session's id
	 * @param within how long
	 */
	void ask(String id, Duration within) throws InterruptedException {
		long start = System.nanoTime();
		boolean again = true;
		for (int attempt = 0; again && attempt < PAUSES_MILLIS.length; attempt++) {
			TimeUnit.MILLISECONDS.sleep(PAUSES_MILLIS[attempt]);
			int status = askInstances(id);
			boolean isOpen = Boolean.TRUE.equals(this.facts.get("server.open"));
			boolean isAway = status != OK && status != UNKNOWN && status != MISDIRECTED && attempt < MAX_AWAY
					&& !this.client.ledger().isSilent();
			this.facts.put("server.asked.ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
			again = (isOpen || isAway) && System.nanoTime() - start < within.toNanos();
		}
	}

	private int askInstances(String id) throws InterruptedException {
		int status = askOnce(id);
		for (int asked = 1; status == MISDIRECTED && asked < MAX_MISDIRECTED; asked++) {
			status = askOnce(id);
		}
		return status;
	}

	private int askOnce(String id) throws InterruptedException {
		this.facts.remove("server.open");
		try {
			Answer answer = this.client.ask("sessions/" + id);
			JsonNode report = answer.json();
			boolean found = answer.status() == OK && report.path("id").asString("").equals(id);
			this.facts.put("server.state", found ? "found" : state(answer.status()));
			if (found) {
				tell(report);
			}
			return answer.status();
		}
		catch (IOException ex) {
			this.facts.put("server.state", (ex instanceof Ledger.Silence) ? ex.getMessage() : "unreachable");
			return 0;
		}
	}

	private static String state(int status) {
		return switch (status) {
			case UNKNOWN -> "unknown";
			case MISDIRECTED -> "elsewhere";
			default -> "unreachable";
		};
	}

	private void tell(JsonNode report) {
		JsonNode end = report.path("end");
		this.facts.put("server.open", end.isNull());
		this.facts.put("server.received.frames", report.path("received").path("frames").asLong());
		this.facts.put("server.received.messages", report.path("received").path("messages").asLong());
		this.facts.put("server.received.bytes", report.path("received").path("bytes").asLong());
		if (end.isObject()) {
			this.facts.put("server.end.by", end.path("by").asString())
				.put("server.end.how", end.path("how").asString());
			this.facts.put("server.end.after", millis(report.path("start"), end.path("time")));
			// the end of a response has neither
			this.facts.put("server.end.code", end.path("code").isNumber() ? end.path("code").asLong() : null);
			this.facts.put("server.end.reason", end.path("reason").asString(null));
		}
	}

	private static @Nullable Long millis(JsonNode start, JsonNode end) {
		try {
			return Duration.between(Instant.parse(start.asString("")), Instant.parse(end.asString(""))).toMillis();
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
