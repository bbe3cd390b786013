package wsecho.check.script;

import java.io.IOException;
import java.time.Duration;

import wsecho.check.client.Client;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * Negotiates connections of a SignalR hub and connects each, by a poll, which is answered
 * at once: whether it comes to the instance that has negotiated it.
 *
 * @param client sends the requests
 * @param step says where, how often, and whether cookies are kept
 * @param values those that the step names
 * @param facts take what is seen
 */
record Affinity(Client client, Step step, Values values, Facts facts) {

	void run() throws InterruptedException {
		int tried = this.step.number("times");
		this.facts.put("affinity.tried", tried).put("affinity.negotiated", 0);
		this.facts.put("affinity.same", 0).put("affinity.other", 0);
		for (int i = 0; i < tried; i++) {
			Facts seen = new Facts();
			try {
				connect(seen);
			}
			catch (IOException ex) {
				if (seen.has("hub.other")) {
					count("affinity.other");
				}
				else {
					this.facts.putAll(seen).put("affinity.failure", ex.getMessage());
				}
			}
		}
	}

	private void connect(Facts seen) throws IOException, InterruptedException {
		Duration within = this.step.time("within", this.values);
		boolean keepsCookies = this.step.text("cookies", this.values).equals("kept");
		HubRequests requests = HubRequests.negotiate(this.client, this.step.text("path", this.values), keepsCookies,
				within, seen);
		count("affinity.negotiated");
		requests.poll(within);
		count("affinity.same");
		requests.delete();
	}

	private void count(String name) {
		this.facts.put(name, this.facts.number(name, 0) + 1);
	}

}
