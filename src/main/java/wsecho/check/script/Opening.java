package wsecho.check.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import wsecho.check.client.Answer;
import wsecho.check.client.Client;
import wsecho.check.client.ConnectionException;
import wsecho.check.client.Request;
import wsecho.check.client.Session;
import wsecho.check.client.Target;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/** Opens a session, and notes how it was answered. */
final class Opening {

	/** What a server adds to the key (RFC 6455, 1.3). */
	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final String NO_ACCEPT = "the 101 has no Sec-WebSocket-Accept";

	private final String key = Base64.getEncoder().encodeToString(Attempt.random());

	private final Client client;

	private final Facts facts;

	private final Request request;

	/**
	 * Prepares a handshake.
	 * @param client opens it
	 * @param attempt its name
	 * @param step says where, and with which fields
	 * @param values those that the step names
	 * @param facts take what is sent, and what is answered
	 */
	Opening(Client client, Attempt attempt, Step step, Values values, Facts facts) {
		this.client = client;
		this.facts = facts;
		this.request = Request.handshake(client.route(), attempt.path(step, values), this.key, more(step, values));
	}

	/** The header fields that are sent. */
	List<Entry<String, String>> sent() {
		return this.request.fields();
	}

	private static List<Entry<String, String>> more(Step step, Values values) {
		List<Entry<String, String>> fields = new ArrayList<>(step.pairs("fields", values));
		if (step.has("offer")) {
			fields.add(Client.field("Sec-WebSocket-Protocol", String.join(", ", step.texts("offer"))));
		}
		if (step.has("extensions")) {
			fields.add(Client.field("Sec-WebSocket-Extensions", step.text("extensions", values)));
		}
		return fields;
	}

	/**
	 * Sends the handshake and waits for the answer.
	 * @param within how long
	 * @return the session that is open then, or null
	 */
	@Nullable Session open(Duration within) throws InterruptedException {
		Target target = this.client.target();
		this.facts.put("sent.host", target.authority()).put("sent.hostname", target.host());
		this.facts.put("sent.origin", this.request.field("Origin")).put("sent.scheme", target.httpScheme());
		Session opening = new Session();
		long start = System.nanoTime();
		try {
			Answer answer = this.client.exchange(this.request, opening, within);
			this.facts.put("open.answer", String.valueOf(answer.status()));
			took(start);
			this.facts.putAll(answer.connection());
			return answer.opens() ? accepted(answer, opening) : refused(answer);
		}
		catch (IOException ex) {
			if (ex instanceof ConnectionException failed) {
				this.facts.putAll(failed.facts());
			}
			took(start);
			this.facts.put("open.ok", false).put("open.failure", ex.getMessage()).put("open.answer", ex.getMessage());
			return null;
		}
	}

	private void took(long start) {
		this.facts.put("open.ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
	}

	private @Nullable Session accepted(Answer answer, Session session) {
		String flaw = flaw(answer);
		this.facts.put("open.ok", flaw == null).put("open.failure", flaw);
		this.facts.put("open.session", answer.field("X-Session-Id"));
		this.facts.put("open.protocol", answer.field("Sec-WebSocket-Protocol"));
		this.facts.put("open.extensions", answer.field("Sec-WebSocket-Extensions"));
		return NO_ACCEPT.equals(flaw) ? null : session;
	}

	private @Nullable String flaw(Answer answer) {
		if (answer.version() == 2) {
			return null;
		}
		if (!answer.lists("Upgrade", "websocket")) {
			return "the 101 has no Upgrade: websocket, which RFC 6455, 4.1 has clients refuse";
		}
		String accept = answer.field("Sec-WebSocket-Accept");
		if (accept == null) {
			return NO_ACCEPT;
		}
		return accept.equals(accept()) ? null : "the 101 has a Sec-WebSocket-Accept that does not belong to the key";
	}

	private String accept() {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1")
				.digest((this.key + GUID).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private @Nullable Session refused(Answer answer) {
		this.facts.put("open.ok", false).put("refused.status", answer.status());
		this.facts.put("refused.server", answer.field("Server"))
			.put("refused.retry-after", answer.field("Retry-After"));
		this.facts.put("refused.type", answer.type()).put("refused.location", answer.field("Location"));
		JsonNode problem = answer.json();
		this.facts.put("refused.detail", problem.path("detail").asString(null));
		if (problem.path("errors").isArray()) {
			this.facts.put("refused.errors",
					problem.path("errors")
						.valueStream()
						.map((error) -> error.path("field").asString(""))
						.collect(Collectors.joining(", ")));
		}
		return null;
	}

}
