package wsecho.check.script;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import wsecho.check.client.End;
import wsecho.check.client.Piece;
import wsecho.check.client.Transfer;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/** Reads the events of a stream, each of which is one line of data. */
final class Events {

	private static final int MAX_EVENTS = 10_000;

	private static final int MAX_LINE = 64 * 1024;

	private static final String DATA = "data:";

	private final Transfer transfer;

	private final Facts facts;

	private final List<Long> came = new ArrayList<>();

	private final List<Long> late = new ArrayList<>();

	private String line = "";

	/**
	 * Reads those of a response.
	 * @param transfer the response
	 * @param facts take what is seen
	 */
	Events(Transfer transfer, Facts facts) {
		this.transfer = transfer;
		this.facts = facts;
	}

	/**
	 * Reads until there are enough, or the time is over; or the next one does not come in
	 * time, or the stream ends.
	 */
	void read(Step step, Values values) throws InterruptedException {
		int count = step.has("count") ? step.number("count") : MAX_EVENTS;
		long until = step.has("for") ? System.nanoTime() + step.time("for", values).toNanos() : Long.MAX_VALUE;
		Duration pause = step.time("pause", values).plus(step.time("grace", values));
		boolean came = true;
		while (came && this.came.size() < count && System.nanoTime() < until) {
			came = awaitNext(System.nanoTime() + pause.toNanos());
		}
		this.facts.put("probe.answered", came);
		this.facts.put("machine.late", TimeUnit.NANOSECONDS.toMillis(this.transfer.late()));
		tell(step.text("as", values));
		ended();
	}

	private boolean awaitNext(long until) throws InterruptedException {
		int before = this.came.size();
		while (this.came.size() == before) {
			Piece piece = this.transfer.receive(until);
			if (piece == null) {
				return false;
			}
			received(piece);
		}
		return true;
	}

	private void received(Piece piece) {
		String[] lines = (this.line + piece.bytes()).split("\n", -1);
		for (int i = 0; i < lines.length - 1; i++) {
			if (lines[i].startsWith(DATA) && this.came.size() < MAX_EVENTS) {
				this.came.add(piece.nanos());
				Long made = made(lines[i].substring(DATA.length()));
				if (made != null) {
					this.late.add(TimeUnit.NANOSECONDS.toMillis(piece.nanos()) - made);
				}
			}
		}
		String rest = lines[lines.length - 1];
		this.line = rest.substring(0, Math.min(rest.length(), MAX_LINE));
	}

	/** When the server made it, by its own clock. */
	private static @Nullable Long made(String data) {
		try {
			return Instant.parse(JsonMapper.shared().readTree(data).path("time").asString("")).toEpochMilli();
		}
		catch (JacksonException | DateTimeParseException ex) {
			return null;
		}
	}

	private void tell(String as) {
		this.facts.put(as + ".count", this.came.size());
		if (!this.came.isEmpty()) {
			long first = this.came.get(0);
			long last = this.came.get(this.came.size() - 1);
			this.facts.put(as + ".first.ms", PlainOpening.millis(this.transfer, first));
			this.facts.put(as + ".last.ms", PlainOpening.millis(this.transfer, last));
			this.facts.put(as + ".spread", TimeUnit.NANOSECONDS.toMillis(last - first));
		}
		new Arrival(this.came).addTo(this.facts);
		Arrival.addHeld(this.late, this.facts);
	}

	private void ended() throws InterruptedException {
		End end = this.transfer.awaitEnd(Duration.ZERO);
		if (end != null) {
			this.facts.put("end.how", end.how()).put("end.by-reset", end.byReset());
			this.facts.put("end.after", TimeUnit.NANOSECONDS.toMillis(end.nanos() - this.transfer.headed()));
		}
	}

}
