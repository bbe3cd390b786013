package wsecho.check.script;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import wsecho.check.client.Answer;
import wsecho.check.client.Client;
import wsecho.check.client.ConnectionException;
import wsecho.check.client.Session;
import wsecho.check.client.Transfer;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/** Does the steps of one round of a check, and notes what it sees. */
final class Script {

	private static final long SLEPT_MILLIS = 2000;

	/** How long is asked which session it was. */
	private static final Duration WHICH = Duration.ofSeconds(10);

	private static final int OK = 200;

	private static final String EVENTS = "text/event-stream";

	private final Client client;

	private final Values values;

	private final Facts facts = new Facts();

	private final PlainHttp http;

	private final Witness witness;

	private @Nullable Session session;

	private @Nullable Opening opening;

	private @Nullable Attempt attempt;

	private final Map<String, Transfer> streams = new HashMap<>();

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
			this.streams.values().forEach(Transfer::close);
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
				if (this.attempt != null) {
					ask(step, this.attempt);
				}
			}
			case "stream" -> stream(step);
			case "events" -> events(step);
			case "request" -> new Bodies(plain(step)).request();
			case "post" -> post(step);
			case "affinity" -> new Affinity(this.client, step, this.values, this.facts).run();
			case "hub" -> new HubConnection(this.client, step, this.values, this.facts).run();
			case "held" -> new HeldAnswers(this.client, this.values).run(step, this.facts);
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
		this.attempt = Attempt.next();
		this.opening = new Opening(over, this.attempt, step, this.values, this.facts);
		this.session = this.opening.open(step.time("within", this.values));
	}

	private PlainOpening plain(Step step) {
		this.attempt = Attempt.next();
		return new PlainOpening(this.client, this.attempt, step, this.values, this.facts);
	}

	private void stream(Step step) throws InterruptedException {
		PlainOpening opened = plain(step);
		Transfer transfer = opened.send(new byte[0]);
		if (transfer != null) {
			this.streams.put(opened.as(), transfer);
			Answer head = opened.head(transfer);
			this.facts.put("open.ok", head != null && head.status() == OK && EVENTS.equals(head.type()));
			this.facts.put("open.ms", PlainOpening.millis(transfer, transfer.headed()));
		}
	}

	private void events(Step step) throws InterruptedException {
		Transfer transfer = this.streams.get(step.text("as", this.values));
		if (transfer != null && Boolean.TRUE.equals(this.facts.get("open.ok"))) {
			new Events(transfer, this.facts).read(step, this.values);
		}
	}

	private void post(Step step) throws InterruptedException {
		Bodies bodies = new Bodies(plain(step));
		if (step.has("pieces")) {
			bodies.postSlowly();
		}
		else {
			bodies.post();
		}
	}

	private void ask(Step step, Attempt asked) throws InterruptedException {
		// an end that this side has not seen either is not waited for
		boolean mayEnd = !step.has("cut") || this.facts.has("end.how");
		Duration within = mayEnd ? step.time("within", this.values) : Duration.ZERO;
		if (step.text("of", this.values).equals("attempt")) {
			if (this.session != null && step.has("refused")) {
				return;
			}
			this.witness.ask(asked.name(), within);
		}
		else if ((this.session != null || this.opening == null) && !(step.has("cut") && isAlive())) {
			askOfSession(asked, within);
		}
	}

	private boolean isAlive() {
		return Boolean.TRUE.equals(this.facts.get("probe.answered"));
	}

	private void askOfSession(Attempt asked, Duration within) throws InterruptedException {
		if (!this.facts.has("open.session")) {
			this.witness.ask(asked.name(), WHICH);
		}
		Object id = this.facts.has("open.session") ? this.facts.get("open.session") : this.facts.get("server.session");
		if (id != null) {
			this.http.ask(id.toString(), within);
		}
		else if (!this.facts.has("server.state")) {
			// of an instance that answers it is known that it could be asked
			this.facts.put("server.state", this.facts.has("server.attempt.pods") ? "unknown" : "unasked");
		}
	}

}
