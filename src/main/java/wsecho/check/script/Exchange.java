package wsecho.check.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import wsecho.check.client.End;
import wsecho.check.client.Message;
import wsecho.check.client.Session;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;
import wsecho.websocket.codec.Opcode;

/**
 * What is done in an open session.
 *
 * @param session the session
 * @param facts take what is seen
 * @param values those that steps name
 */
record Exchange(Session session, Facts facts, Values values) {

	private static final Duration GONE = Duration.ofSeconds(3);

	void send(Step step) throws InterruptedException {
		if (step.has("count")) {
			new Numbered(this.session, step.number("count"), step.time("every", this.values))
				.send(step.time("within", this.values), this.facts);
			ended(Duration.ZERO);
		}
		else {
			sendOneByOne(step);
		}
	}

	/** Sends messages, each when the echo of the one before has come. */
	private void sendOneByOne(Step step) throws InterruptedException {
		long start = System.nanoTime();
		long bytes = 0;
		boolean text = step.text("fill", this.values).equals("planes");
		int same = 0;
		long until = step.has("for") ? until(step.time("for", this.values)) : Long.MAX_VALUE;
		for (int size : step.sizes(this.values)) {
			if (ended(Duration.ZERO) || System.nanoTime() > until) {
				break;
			}
			byte[] payload = text ? Fill.planes(size) : Fill.noise(size);
			this.session.send(text ? Opcode.TEXT : Opcode.BINARY, payload, fragment(step, size));
			this.facts.put("echo.sent", this.facts.number("echo.sent", 0) + 1);
			Message echo = this.session.receive(until(step.time("within", this.values)));
			if (echo != null) {
				this.facts.put("echo.frames", echo.frames());
			}
			if (echo == null || echo.differsAt() >= 0) {
				failed(size, echo);
				break;
			}
			same++;
			bytes += size;
			this.facts.put("echo.largest", size);
		}
		this.facts.put("echo.same", this.facts.number("echo.same", 0) + same);
		this.facts.put("echo.rate", bytes * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start));
		if (step.has("probe")) {
			this.facts.put("probe.answered", same == step.sizes(this.values).size());
		}
		ended(Duration.ZERO);
	}

	private static int fragment(Step step, int size) {
		return step.has("fragment") ? step.number("fragment") : Math.max(1, size);
	}

	private void failed(int size, @Nullable Message echo) {
		this.facts.put("echo.failed-size", size);
		if (echo != null) {
			this.facts.put("echo.differs-at", echo.differsAt());
		}
	}

	private static long until(Duration within) {
		return System.nanoTime() + within.toNanos();
	}

	void receive(Step step, List<Entry<String, String>> sent) throws InterruptedException {
		Duration within = step.time("within", this.values);
		switch (step.text("as", this.values)) {
			case "report" -> report(this.session.receive(until(within)), sent);
			case "pushed" -> pushed(step.number("bytes", this.values), this.session.receive(until(within)));
			case "arrival" -> arrival(step.number("count"), within);
			default -> ended(within);
		}
	}

	private void report(@Nullable Message first, List<Entry<String, String>> sent) throws InterruptedException {
		if (first != null) {
			new ReportFacts(json(first), sent).addTo(this.facts);
		}
		ended(Duration.ZERO);
	}

	// what is pushed is a JSON text that blanks follow
	private void pushed(int size, @Nullable Message message) throws InterruptedException {
		boolean same = message != null && message.length() == size && message.beginning().stripTrailing().endsWith("}");
		if (message != null && !same) {
			this.facts.put("echo.differs-at", Math.min(size, message.length()));
		}
		this.facts.put("probe.answered", same);
		ended(Duration.ZERO);
	}

	private static JsonNode json(Message message) {
		try {
			return JsonMapper.shared().readTree(message.beginning());
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	private void arrival(int count, Duration within) throws InterruptedException {
		List<Long> times = new ArrayList<>();
		long until = until(within);
		while (times.size() < count) {
			Message next = this.session.receive(until);
			if (next == null) {
				break;
			}
			times.add(next.nanos());
		}
		new Arrival(times).addTo(this.facts);
		ended(Duration.ZERO);
	}

	/**
	 * Waits until the time is over or the session ends; perhaps with a message now and
	 * then.
	 */
	void waitFor(Step step) throws InterruptedException {
		long until = until(step.time("for", this.values));
		Duration pause = step.has("sending") ? step.time("sending", this.values) : Duration.ofDays(1);
		while (!ended(shorter(pause, Duration.ofNanos(until - System.nanoTime()))) && System.nanoTime() < until) {
			if (step.has("sending") && !isAnswered(pause.multipliedBy(5))) {
				return;
			}
		}
	}

	private boolean isAnswered(Duration within) throws InterruptedException {
		this.session.send(Opcode.BINARY, Fill.noise(1), 1);
		return this.session.receive(until(within)) != null;
	}

	private static Duration shorter(Duration one, Duration other) {
		Duration shorter = (one.compareTo(other) < 0) ? one : other;
		return shorter.isNegative() ? Duration.ZERO : shorter;
	}

	/**
	 * Closes. How the session ends then, and its connection, is only noted if the step
	 * waits for it.
	 */
	void close(Step step) throws InterruptedException {
		if (ended(Duration.ZERO)) {
			return;
		}
		this.session.close(step.number("code"), step.text("reason", this.values));
		if (!step.has("within")) {
			this.session.awaitEnd(GONE);
		}
		else if (ended(step.time("within", this.values))) {
			gone();
		}
	}

	private void gone() throws InterruptedException {
		Long gone = this.session.awaitGone(GONE);
		this.facts.put("end.fin.missing", gone == null);
		End end = this.session.awaitEnd(Duration.ZERO);
		if (gone != null && end != null) {
			this.facts.put("end.fin.after", TimeUnit.NANOSECONDS.toMillis(gone - end.nanos()));
		}
	}

	private boolean ended(Duration within) throws InterruptedException {
		End end = this.session.awaitEnd(within);
		if (end == null) {
			return false;
		}
		this.facts.put("end.how", end.how()).put("end.code", end.code()).put("end.reason", end.reason());
		this.facts.put("end.by-reset", end.byReset());
		this.facts.put("end.after", TimeUnit.NANOSECONDS.toMillis(end.nanos() - this.session.opened()));
		return true;
	}

}
