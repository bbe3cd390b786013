package wsecho.check.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import wsecho.check.client.Answer;
import wsecho.check.client.Client;
import wsecho.check.client.ConnectionException;
import wsecho.check.client.Request;
import wsecho.check.client.Transfer;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * Sends a plain request, and notes how it was answered.
 *
 * @param client sends it
 * @param attempt its name
 * @param step says where, and with which fields
 * @param values those that the step names
 * @param facts take what is answered
 */
record PlainOpening(Client client, Attempt attempt, Step step, Values values, Facts facts) {

	/**
	 * Sends it.
	 * @param body its body; null if it follows in pieces
	 * @return what follows, or null if there is no connection
	 */
	@Nullable Transfer send(byte @Nullable [] body) throws InterruptedException {
		try {
			return this.client.transfer(request(), body, within());
		}
		catch (ConnectionException ex) {
			this.facts.putAll(ex.facts()).put(as() + ".failure", ex.getMessage());
			return null;
		}
	}

	private Request request() {
		String method = this.step.has("method") ? this.step.text("method", this.values) : "GET";
		String path = this.attempt.path(this.step, this.values);
		int padding = this.step.has("padding") ? this.step.number("padding", this.values) : 0;
		String padded = (padding > 0) ? path + "&padding=" + "p".repeat(padding) : path;
		return Request.plain(this.client.route(), method, padded, fields());
	}

	private List<Entry<String, String>> fields() {
		List<Entry<String, String>> fields = new ArrayList<>(this.step.pairs("fields", this.values));
		// as a browser does
		fields.add(Client.field("Accept-Encoding", "gzip"));
		return fields;
	}

	/** How the names of the facts begin. */
	String as() {
		return this.step.text("as", this.values);
	}

	Duration within() {
		return this.step.time("within", this.values);
	}

	/** Waits for the header, and notes it. */
	@Nullable Answer head(Transfer transfer) throws InterruptedException {
		Answer head = transfer.awaitHead(within());
		if (head == null) {
			boolean ended = transfer.awaitEnd(Duration.ZERO) != null;
			this.facts.put(as() + ".failure", ended ? "the connection ended without an answer" : "no answer");
			this.facts.put(as() + ".ms", millis(transfer, System.nanoTime()));
			return null;
		}
		this.facts.put(as() + ".status", head.status()).put(as() + ".server", head.field("Server"));
		this.facts.put(as() + ".type", head.type()).put(as() + ".encoding", transfer.encoding());
		this.facts.put(as() + ".ms", millis(transfer, transfer.headed()));
		this.facts.put("open.session", head.field("X-Session-Id"));
		return head;
	}

	static long millis(Transfer transfer, long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos - transfer.began());
	}

}
