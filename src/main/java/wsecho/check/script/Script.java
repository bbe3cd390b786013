package wsecho.check.script;

import java.time.Duration;
import java.util.List;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import wsecho.check.client.Client;
import wsecho.check.client.ConnectionException;
import wsecho.check.client.Session;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/** Does the steps of one round of a check, and notes what it sees. */
final class Script {

	private static final long SLEPT_MILLIS = 2000;

	/** How long is asked which session it was. */
	private static final Duration WHICH = Duration.ofSeconds(10);

	private final Client client;

	private final Values values;

	private final Facts facts = new Facts();

	private final PlainHttp http;

	private final Witness witness;

	private @Nullable Session session;

	private @Nullable Opening opening;

	Script(Client client, Values values) {
		this.client = client;
		this.values = values;
		this.http = new PlainHttp(client, this.facts);
		this.witness = new Witness(client, this.facts);
	}

	Facts run(List<Step> steps) throws InterruptedException {
		long wall = System.currentTimeMillis();
		long nanos = System.nanoTime();
		try {
			for (Step step : steps) {
				run(step);
			}
		}
		finally {
			if (this.session != null) {
				this.session.discard();
			}
		}
		long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
		this.facts.put("machine.slept", Math.abs(System.currentTimeMillis() - wall - passed) > SLEPT_MILLIS);
		return this.facts;
	}

	private void run(Step step) throws InterruptedException {
		switch (step.verb()) {
			case "connect" -> connect();
			case "open" -> open(step);
			case "get" -> this.http.get(step, this.values);
			case "ask" -> {
				if (this.opening != null) {
					ask(step, this.opening);
				}
			}
			case "sizes" -> new Sizes(this.client, this.values).run(step, this.facts);
			case "together" -> together(step);
			case "stay" -> new Stay(this.client, this.values).run(step, this.facts);
			case "repeat" -> new Repeated(this.client, this.values).run(step, this.facts);
			default -> {
				if (this.session != null) {
					inSession(step, this.session);
				}
			}
		}
	}

	private void connect() throws InterruptedException {
		try {
			this.facts.putAll(this.client.probe()).put("connect.ok", true);
		}
		catch (ConnectionException ex) {
			this.facts.putAll(ex.facts()).put("connect.ok", false);
		}
	}

	private void together(Step step) throws InterruptedException {
		if (step.has("each")) {
			new EachAddress(this.client, this.values).run(step, this.facts);
		}
		else {
			new Together(this.client, this.values).run(step, this.facts);
		}
	}

	private void inSession(Step step, Session open) throws InterruptedException {
		Exchange exchange = new Exchange(open, this.facts, this.values);
		switch (step.verb()) {
			case "send" -> exchange.send(step);
			case "receive" -> exchange.receive(step, sent());
			case "wait" -> exchange.waitFor(step);
			case "close" -> exchange.close(step);
			case "break" -> open.breakOff(step.text("by", this.values).equals("rst"));
			default -> throw new IllegalArgumentException(step.verb());
		}
	}

	private List<Entry<String, String>> sent() {
		return (this.opening != null) ? this.opening.sent() : List.of();
	}

	private void open(Step step) throws InterruptedException {
		Client over = step.has("http2") ? this.client.overHttp2() : this.client;
		Opening opened = new Opening(over, step, this.values, this.facts);
		this.opening = opened;
		this.session = opened.open(step.time("within", this.values));
	}

	private void ask(Step step, Opening opened) throws InterruptedException {
		// an end that this side has not seen either is not waited for
		boolean mayEnd = !step.has("cut") || this.facts.has("end.how");
		Duration within = mayEnd ? step.time("within", this.values) : Duration.ZERO;
		if (step.text("of", this.values).equals("attempt")) {
			if (this.session != null && step.has("refused")) {
				return;
			}
			this.witness.ask(opened.attempt(), within);
		}
		else if (this.session != null && !(step.has("cut") && isAlive())) {
			askOfSession(opened, within);
		}
	}

	private boolean isAlive() {
		return Boolean.TRUE.equals(this.facts.get("probe.answered"));
	}

	private void askOfSession(Opening opened, Duration within) throws InterruptedException {
		if (!this.facts.has("open.session")) {
			this.witness.ask(opened.attempt(), WHICH);
		}
		Object id = this.facts.has("open.session") ? this.facts.get("open.session") : this.facts.get("server.session");
		if (id != null) {
			this.http.ask(id.toString(), within);
		}
		else {
			// of an instance that answers it is known that it could be asked
			this.facts.put("server.state", this.facts.has("server.attempt.pods") ? "unknown" : "unasked");
		}
	}

}
