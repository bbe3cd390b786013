package wsecho.check.script;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.check.client.Client;
import wsecho.check.client.Ledger;
import wsecho.check.table.Facts;

/**
 * Asks what of a handshake reached the server, of which each instance knows its own.
 *
 * @param client asks
 * @param facts take what it answers
 */
record Witness(Client client, Facts facts) {

	// with k instances behind a balancer, that one is never reached by 8k requests has a
	// probability below 0.5 %
	private static final int ASKED_EACH = 8;

	private static final int MOST_PODS = 3;

	/**
	 * Asks until an instance has seen it, or none that there may be has.
	 * @param attempt the name of the handshake
	 * @param within how long
	 */
	void ask(String attempt, Duration within) throws InterruptedException {
		long until = System.nanoTime() + within.toNanos();
		Set<String> pods = new HashSet<>();
		int asked = 0;
		while (asked < ASKED_EACH * Math.min(Math.max(pods.size(), 1), MOST_PODS) && System.nanoTime() < until) {
			JsonNode answer = askOnce(attempt);
			if (answer.path("attempt").asString("").equals(attempt)) {
				tell(answer);
				return;
			}
			if (!answer.path("pod").isString()) {
				return;
			}
			pods.add(answer.path("pod").asString());
			this.facts.put("server.attempt.pods", pods.size());
			asked++;
		}
		if (asked >= ASKED_EACH * pods.size()) {
			this.facts.put("server.attempts", 0);
		}
	}

	private JsonNode askOnce(String attempt) throws InterruptedException {
		try {
			return this.client.ask("attempts/" + attempt).json();
		}
		catch (Ledger.Silence ex) {
			this.facts.put("server.state", ex.getMessage());
			return JsonMapper.shared().missingNode();
		}
		catch (IOException ex) {
			return JsonMapper.shared().missingNode();
		}
	}

	// of several the last is the one whose answer the client may have got
	private void tell(JsonNode report) {
		JsonNode arrivals = report.path("arrivals");
		this.facts.put("server.attempts", report.path("count").asLong());
		arrivals.path(arrivals.size() - 1)
			.propertyStream()
			.filter((member) -> !member.getValue().isNull())
			.forEach((member) -> put("server.attempt." + member.getKey(), member.getValue()));
		this.facts.put("server.session", this.facts.get("server.attempt.session"));
	}

	private void put(String name, JsonNode value) {
		this.facts.put(name, value.isNumber() ? (Object) value.asLong() : value.asString());
	}

}
