package wsecho.check;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Does the steps of one round of a check, and notes what it sees. */
final class Script {

	/** What a server adds to the key (RFC 6455, 1.3). */
	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final long SLEPT_MILLIS = 2000;

	private final Client client;

	private final Values values;

	private final Facts facts = new Facts();

	private final PlainHttp http;

	private @Nullable Session session;

	private List<Entry<String, String>> sent = List.of();

	Script(Client client, Values values) {
		this.client = client;
		this.values = values;
		this.http = new PlainHttp(client, this.facts);
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
			case "open" -> open(step);
			case "get" -> this.http.get(step, this.values);
			case "together" -> new Together(this.client, this.values).run(step, this.facts);
			default -> {
				if (this.session != null) {
					inSession(step, this.session);
				}
			}
		}
	}

	private void inSession(Step step, Session open) throws InterruptedException {
		Exchange exchange = new Exchange(open, this.facts, this.values);
		switch (step.verb()) {
			case "send" -> exchange.send(step);
			case "receive" -> exchange.receive(step, this.sent);
			case "wait" -> exchange.waitFor(step);
			case "close" -> exchange.close(step);
			case "ask" -> ask(step);
			default -> throw new IllegalArgumentException(step.verb());
		}
	}

	private void ask(Step step) throws InterruptedException {
		boolean alive = Boolean.TRUE.equals(this.facts.get("probe.answered"));
		if (this.facts.get("open.session") instanceof String id && !(step.has("cut") && alive)) {
			this.http.ask(id, step.time("within", this.values));
		}
	}

	private void open(Step step) throws InterruptedException {
		byte[] random = new byte[16];
		RANDOM.nextBytes(random);
		String key = Base64.getEncoder().encodeToString(random);
		Target target = this.client.target();
		Request request = Request.handshake(target, path(step), key, more(step));
		this.sent = request.fields();
		this.facts.put("sent.host", target.authority()).put("sent.hostname", target.host());
		this.facts.put("sent.origin", target.origin()).put("sent.scheme", target.httpScheme());
		open(request, accept(key), step.time("within", this.values));
	}

	private String path(Step step) {
		String query = step.pairs("query", this.values)
			.stream()
			.map((pair) -> pair.getKey() + "=" + encoded(pair.getValue()))
			.collect(Collectors.joining("&"));
		return step.text("path", this.values) + (query.isEmpty() ? "" : "?" + query);
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private List<Entry<String, String>> more(Step step) {
		List<Entry<String, String>> fields = new ArrayList<>(step.pairs("fields", this.values));
		if (step.has("offer")) {
			fields.add(Client.field("Sec-WebSocket-Protocol", String.join(", ", step.texts("offer"))));
		}
		if (step.has("extensions")) {
			fields.add(Client.field("Sec-WebSocket-Extensions", step.text("extensions", this.values)));
		}
		return fields;
	}

	private void open(Request request, String accept, Duration within) throws InterruptedException {
		Session opening = new Session();
		long start = System.nanoTime();
		try {
			Answer answer = this.client.exchange(request, opening, within);
			this.facts.put("open.ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
			String flaw = (answer.status() == 101) ? flaw(answer, accept) : null;
			this.facts.put("open.ok", answer.status() == 101 && flaw == null).put("open.failure", flaw);
			if (answer.status() != 101) {
				refused(answer);
				return;
			}
			this.session = opening;
			this.facts.put("open.session", answer.field("X-Session-Id"));
			this.facts.put("open.protocol", answer.field("Sec-WebSocket-Protocol"));
		}
		catch (IOException ex) {
			this.facts.put("open.ok", false).put("open.failure", ex.getMessage());
		}
	}

	private static @Nullable String flaw(Answer answer, String accept) {
		if (!answer.fields().containsValue("Upgrade", "websocket", true)) {
			return "the 101 has no Upgrade: websocket, which RFC 6455, 4.1 has clients refuse";
		}
		boolean same = accept.equals(answer.field("Sec-WebSocket-Accept"));
		return same ? null : "the 101 has a Sec-WebSocket-Accept that does not belong to the key";
	}

	private void refused(Answer answer) {
		this.facts.put("refused.status", answer.status()).put("refused.server", answer.field("Server"));
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
	}

	private static String accept(String key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
