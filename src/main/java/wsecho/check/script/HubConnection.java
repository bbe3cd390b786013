package wsecho.check.script;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import wsecho.check.client.Answer;
import wsecho.check.client.Client;
import wsecho.check.client.Session;
import wsecho.check.client.Transfer;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * Opens a connection of a SignalR hub by one transport, shakes hands and has a call
 * echoed.
 *
 * @param client sends the requests
 * @param step says where, and by which transport
 * @param values those that the step names
 * @param facts take what is seen
 */
record HubConnection(Client client, Step step, Values values, Facts facts) {

	// what is sent, and what is in the answer
	private static final List<Entry<String, String>> RECORDS = List.of(
			Map.entry("{\"protocol\":\"json\",\"version\":1}\u001e", "{}\u001e"),
			Map.entry("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[\"wsecho\"]}\u001e",
					"\"result\":\"wsecho\""));

	private static final int OK = 200;

	void run() throws InterruptedException {
		long start = System.nanoTime();
		String failure = failure();
		this.facts.put(as() + ".ok", failure == null).put(as() + ".failure", failure);
		this.facts.put(as() + ".took", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
	}

	private @Nullable String failure() throws InterruptedException {
		try (HubCarrier carrier = open()) {
			this.facts.put(as() + ".opened", true);
			for (Entry<String, String> each : RECORDS) {
				if (!answers(carrier, each)) {
					return "nothing came back";
				}
			}
			if (this.step.has("stay")) {
				stay(carrier);
			}
			return null;
		}
		catch (IOException ex) {
			return ex.getMessage();
		}
	}

	private HubCarrier open() throws IOException, InterruptedException {
		this.facts.put(as() + ".opened", false);
		return switch (as()) {
			case "ws" -> new HubCarrier.Socket(socket());
			case "sse" -> events(requests());
			default -> polls(requests());
		};
	}

	// without a negotiation, so that no instance is another one to it
	private Session socket() throws IOException, InterruptedException {
		Facts seen = new Facts();
		Session session = new Opening(this.client, Attempt.next(), this.step, this.values, seen).open(within());
		if (session == null) {
			throw new IOException(String.valueOf(seen.get("open.answer")));
		}
		return session;
	}

	private HubRequests requests() throws IOException, InterruptedException {
		return HubRequests.negotiate(this.client, this.step.text("path", this.values), true, within(), this.facts)
			.with(this.step.pairs("query", this.values));
	}

	private HubCarrier events(HubRequests requests) throws IOException, InterruptedException {
		Transfer stream = requests.stream();
		Answer head = stream.awaitHead(within());
		this.facts.put("sse.silent", head == null && stream.awaitEnd(Duration.ZERO) == null);
		if (head == null || head.status() != OK) {
			stream.close();
			requests.requireOk(head, "event stream");
		}
		return new HubCarrier.Events(stream, requests);
	}

	// the first poll is answered at once
	private HubCarrier polls(HubRequests requests) throws IOException, InterruptedException {
		requests.poll(within());
		return new HubCarrier.Polls(requests);
	}

	/** Whether what is sent is answered as it should be. */
	private boolean answers(HubCarrier carrier, Entry<String, String> each) throws IOException, InterruptedException {
		carrier.send(each.getKey());
		long until = System.nanoTime() + within().toNanos();
		StringBuilder came = new StringBuilder();
		for (String next = carrier.receive(until); next != null
				&& System.nanoTime() < until; next = carrier.receive(until)) {
			came.append(next);
			if (came.indexOf(each.getValue()) >= 0) {
				return true;
			}
		}
		return false;
	}

	private void stay(HubCarrier carrier) throws IOException, InterruptedException {
		new HubSilence(carrier, this.facts).last(this.step.time("stay", this.values));
		if (!this.facts.has("hub.cut")) {
			this.facts.put("hub.answered", stillAnswers(carrier));
		}
	}

	private boolean stillAnswers(HubCarrier carrier) throws InterruptedException {
		try {
			return answers(carrier, RECORDS.get(1));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private String as() {
		return this.step.text("as", this.values);
	}

	private Duration within() {
		return this.step.time("within", this.values);
	}

}
