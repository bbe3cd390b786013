package wsecho.check.script;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import wsecho.check.client.Client;
import wsecho.check.client.End;
import wsecho.check.client.Session;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;
import wsecho.websocket.codec.Opcode;

/** Stays connected: opens another session whenever one ends, after growing pauses. */
final class Stay {

	private static final int NORMAL = 1000;

	/** How often a message is sent, and how long its echo is waited for. */
	private static final Duration BETWEEN = Duration.ofSeconds(1);

	private static final Duration ANSWER = Duration.ofSeconds(5);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private final Client client;

	private final Values values;

	private final Set<String> closes = new LinkedHashSet<>();

	private final Set<String> answers = new LinkedHashSet<>();

	private long ends;

	private long unclosed;

	private long dead;

	private long refused;

	private long away;

	Stay(Client client, Values values) {
		this.client = client;
		this.values = values;
	}

	void run(Step step, Facts facts) throws InterruptedException {
		long until = System.nanoTime() + step.time("for", this.values).toNanos();
		Session session = open(step, facts);
		while (session != null && stay(session, until)) {
			session = openAgain(step, until);
			facts.put("stay.back", session != null);
		}
		if (session != null) {
			session.close(NORMAL, "");
			session.awaitEnd(ANSWER);
			session.discard();
		}
		facts.put("stay.ends", this.ends).put("stay.unclosed", this.unclosed).put("stay.dead", this.dead);
		facts.put("stay.refused", this.refused).put("stay.away", this.away);
		facts.put("stay.closes", String.join(", ", this.closes)).put("stay.answers", String.join(", ", this.answers));
	}

	private @Nullable Session open(Step step, Facts facts) throws InterruptedException {
		return new Opening(this.client, Attempt.next(), step, this.values, facts)
			.open(step.time("within", this.values));
	}

	/** Stays until the time is over or the session ends: whether that. */
	private boolean stay(Session session, long until) throws InterruptedException {
		while (System.nanoTime() < until) {
			End end = session.awaitEnd(BETWEEN);
			if (end != null) {
				ended(end);
				return true;
			}
			session.send(Opcode.BINARY, Fill.noise(1), 1);
			if (session.receive(System.nanoTime() + ANSWER.toNanos()) == null
					&& session.awaitEnd(Duration.ZERO) == null) {
				this.ends++;
				this.dead++;
				session.discard();
				return true;
			}
		}
		return false;
	}

	private void ended(End end) {
		this.ends++;
		this.closes.add(String.valueOf(end.code()));
		if (!end.how().equals("close")) {
			this.unclosed++;
		}
	}

	private @Nullable Session openAgain(Step step, long until) throws InterruptedException {
		long start = System.nanoTime();
		Duration pause = FIRST_PAUSE;
		Session session = null;
		while (session == null && System.nanoTime() < until) {
			Facts facts = new Facts();
			session = open(step, facts);
			if (session == null) {
				this.refused++;
				this.answers.add(String.valueOf(facts.get("open.answer")));
				TimeUnit.NANOSECONDS.sleep(pause.toNanos());
				pause = (pause.compareTo(LONGEST_PAUSE) < 0) ? pause.multipliedBy(2) : LONGEST_PAUSE;
			}
		}
		this.away = Math.max(this.away, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		return session;
	}

}
