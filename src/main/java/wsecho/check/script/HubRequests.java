package wsecho.check.script;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import wsecho.check.client.Answer;
import wsecho.check.client.Client;
import wsecho.check.client.Request;
import wsecho.check.client.Transfer;
import wsecho.check.table.Facts;

/**
 * The requests of a connection of a SignalR hub.
 *
 * @param client sends them
 * @param path of the hub, and the token of the connection
 * @param cookies fields that all have
 * @param within how long each may take
 * @param facts take what refuses them
 */
record HubRequests(Client client, String path, List<Entry<String, String>> cookies, Duration within, Facts facts) {

	private static final int OK = 200;

	/** An instance tells so that another has negotiated the connection. */
	private static final String OTHER = "other-instance";

	/**
	 * Those of a new connection.
	 * @param hub the path of the hub
	 * @param keepsCookies whether the cookies of the negotiation are sent with all others
	 */
	static HubRequests negotiate(Client client, String hub, boolean keepsCookies, Duration within, Facts facts)
			throws IOException, InterruptedException {
		Answer answer = client.exchange(
				Request.plain(client.route(), "POST", hub + "/negotiate?negotiateVersion=1", List.of()), null, within);
		String token = answer.json().path("connectionToken").asString("");
		if (token.isEmpty()) {
			facts.put("hub.status", answer.status()).put("hub.type", answer.type());
			throw new IOException("negotiation: " + answer.status());
		}
		return new HubRequests(client, hub + "?id=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
				keepsCookies ? cookies(answer) : List.of(), within, facts);
	}

	private static List<Entry<String, String>> cookies(Answer answer) {
		String cookies = answer.values("Set-Cookie")
			.stream()
			.map((set) -> set.split(";", 2)[0].trim())
			.collect(Collectors.joining("; "));
		return cookies.isEmpty() ? List.of() : List.of(Client.field("Cookie", cookies));
	}

	/** The same, with more in their query. */
	HubRequests with(List<Entry<String, String>> query) {
		String more = query.stream()
			.map((pair) -> "&" + pair.getKey() + "=" + pair.getValue())
			.collect(Collectors.joining());
		return new HubRequests(this.client, this.path + more, this.cookies, this.within, this.facts);
	}

	Transfer stream() throws IOException, InterruptedException {
		return this.client.transfer(request("GET", List.of(Client.field("Accept", "text/event-stream"))), new byte[0],
				this.within);
	}

	void post(String hubRecord) throws IOException, InterruptedException {
		List<Entry<String, String>> type = List.of(Client.field("Content-Type", "text/plain;charset=UTF-8"));
		try (Transfer posted = this.client.transfer(request("POST", type), hubRecord.getBytes(StandardCharsets.UTF_8),
				this.within)) {
			requireOk(posted.awaitHead(this.within), "POST");
		}
	}

	/** What a poll is answered with. */
	String poll(Duration patience) throws IOException, InterruptedException {
		Answer answer = this.client.exchange(request("GET", List.of()), null, patience);
		return requireOk(answer, "poll").body();
	}

	Answer delete() throws IOException, InterruptedException {
		return this.client.exchange(request("DELETE", List.of()), null, this.within);
	}

	Answer requireOk(@Nullable Answer answer, String of) throws IOException {
		if (answer == null) {
			throw new IOException(of + ": no answer");
		}
		if (OTHER.equals(answer.field("X-Connection-Token"))) {
			this.facts.put("hub.other", true);
		}
		if (answer.status() != OK) {
			throw new IOException(of + ": " + answer.status());
		}
		return answer;
	}

	private Request request(String method, List<Entry<String, String>> fields) {
		List<Entry<String, String>> all = Stream.concat(this.cookies.stream(), fields.stream()).toList();
		return Request.plain(this.client.route(), method, this.path, all);
	}

}
