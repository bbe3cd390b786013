package wsecho.handshake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A handshake with random changes, as a client, a proxy or an attacker may send it.
 * <p>
 * Behind it follow whole requests, of which the last one ends the connection. A body of
 * its own looks like a request, so that one that is taken for a request is seen.
 */
final class RandomHandshake {

	/** What stands in bodies, and is nobody's request. */
	static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static final String LIVEZ = "GET /livez HTTP/1.1\r\nHost: localhost\r\n";

	private static final List<String> TARGETS = List.of("/websocket", "/websocket", "/websocket/handshake",
			"/websocket/push?every=1h", "/websocket/close/4000", "/websocket/refuse/503", "/websocket/refuse/404",
			"/websocket?handshake-delay=10ms", "/websocket/refuse/301?handshake-delay=10ms", "/websocket?messages=0",
			"/websocket?subprotocol=b", "/websocket?compress=true", "/", "/api", "/nope", "/livez", "/sessions/x");

	private static final List<String> ODD_TARGETS = List.of("http://localhost/websocket", "http://localhost", "*",
			"localhost:80", "//websocket", "//", "///", "//[", "//?x", "/websocket/../websocket", "/websocket;a=b",
			"/websocket#x", "/websocket?%", "/websocket?a=%zz", "/%", "/websocket%00", "/web%73ocket",
			"/websocket?\u00e9={}|^", "http://", "http:///websocket", "http://u@h/websocket", "http://[::1/websocket",
			"?", "#", "", "/websocket?" + "x".repeat(4200), "ws://localhost/websocket", "/\\..\\x", "/websocket?a b",
			"/\u0001", "http://localhost?", "http://localhost:x/websocket", "x:", "/websocket/close/%31000",
			"/sessions/%2e%2e");

	private static final List<String> METHODS = List.of("HEAD", "POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "get",
			"GE", "G@T", "G\u00e9T", "", "DELETE", "PATCH", "X".repeat(5000), "GET GET", "\tGET", "PRI", "PROXY");

	private static final List<String> VERSIONS = List.of("HTTP/1.0", "HTTP/1.2", "HTTP/1.10", "HTTP/2.0", "HTTP/3.0",
			"HTTP/0.9", "HTTP/11", "http/1.1", "HTTP/1.1 ", "HTTP/1.1 x", "", "HTTP", "HTTP/-1.1", "HTTP/1.1\t", "ICY",
			"HTTP/1. 1", "HTTP/9999999999.1");

	private static final List<String> VALUES = List.of("", "x", "websocket", "WebSocket", "websocket, x", "x,websocket",
			"h2c", "Upgrade", "keep-alive, upgrade", "close", "close, Upgrade", "13", "8", "13, 8", "012", "0", "00",
			"+0", "1", "-1", "99999999999999999999", "0, 0", "chunked", "Chunked", "gzip, chunked", "chunked, gzip",
			"chunked, chunked", "identity", "xchunked", "a", "a, b", "a,a", "a b", "permessage-deflate",
			"permessage-deflate; server_max_window_bits=8", "a; b=\"c\"", "a; b=\"", ";", ",", ", ,", "\"", "\u00e9",
			"\u0000", "\u0001", "\u007f", "a\rb", "a\nb", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAAA=",
			"AAAAAAAAAAAAAAAAAAAAAB==", "localhost", "localhost:", "localhost:80", "localhost:x", "[::1]", "u@h", "h/p",
			"100-continue", "http://localhost", "null", "x".repeat(9000), ("a," + " ".repeat(10)).repeat(500),
			"permessage-deflate" + " ".repeat(5000) + "x");

	private static final List<String> NAMES = List.of("Host", "Upgrade", "Connection", "Sec-WebSocket-Version",
			"Sec-WebSocket-Key", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Content-Length",
			"Transfer-Encoding", "Expect", "Origin", "Cookie", "X-A", "TE", "Trailer", "Forwarded", "X-Forwarded-For",
			"HTTP2-Settings", "Range", "Accept-Encoding", "If-None-Match", "Sec-WebSocket-Accept", "X-Session-Id");

	private static final String ODD_BYTES = "\0\1\t\n\r \"%,/:;<=>?@[\\]{|}\u007f\u0080\u00a0\u00ff";

	private final Random random;

	private final List<String> fields = new ArrayList<>(List.of("Host: localhost", "Upgrade: websocket",
			"Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));

	private String method = "GET";

	private String target;

	private String version = "HTTP/1.1";

	private String body = "";

	private final int followers;

	/** Whether a body is announced that is not there. */
	private final boolean misleading;

	private int corruptions;

	private RandomHandshake(Random random) {
		this.random = random;
		this.target = any(TARGETS);
		this.followers = random.nextInt(3);
		for (int changes = random.nextInt(4); changes > 0; changes--) {
			change();
		}
		this.misleading = this.fields.stream()
			.anyMatch((field) -> field.toLowerCase(Locale.ROOT).matches("(?s).*(content-length|transfer-encoding).*"));
		if (oneIn(4)) {
			addBody();
		}
		this.corruptions = oneIn(6) ? 1 + random.nextInt(3) : 0;
	}

	static RandomHandshake of(long seed) {
		return new RandomHandshake(new Random(seed));
	}

	String method() {
		return this.method;
	}

	String target() {
		return this.target;
	}

	String version() {
		return this.version;
	}

	List<String> fields() {
		return this.fields;
	}

	/** How many requests are sent at most, however it is read. */
	int mostRequests() {
		return this.followers + 2 + 2 * this.corruptions + Math.max(0, lineEnds() - 1);
	}

	/** Whether there is just what the fields and the line say, and no body. */
	boolean isPlain() {
		return this.corruptions == 0 && this.body.isEmpty();
	}

	/** Whether a part of what follows may be read as its body, or the other way round. */
	boolean isMisleading() {
		return this.misleading || this.corruptions > 0;
	}

	boolean isCorrupted() {
		return this.corruptions > 0;
	}

	// an end of a line within a field begins another one, or ends the header
	private int lineEnds() {
		return (int) this.fields.stream().filter((field) -> field.contains("\n")).count();
	}

	/** All that is sent, in the pieces in which it is. */
	List<byte[]> pieces() {
		StringBuilder sent = new StringBuilder(this.method + " " + this.target + " " + this.version + "\r\n");
		this.fields.forEach((field) -> sent.append(field).append("\r\n"));
		sent.append("\r\n").append(this.body);
		int end = sent.length();
		sent.append((LIVEZ + "\r\n").repeat(this.followers)).append(LIVEZ + "Connection: close\r\n\r\n");
		for (int i = 0; i < this.corruptions; i++) {
			corrupt(sent, this.random.nextInt(end));
		}
		return cut(sent.toString().getBytes(StandardCharsets.ISO_8859_1));
	}

	private List<byte[]> cut(byte[] bytes) {
		List<byte[]> pieces = new ArrayList<>();
		int most = oneIn(2) ? bytes.length : 1 + this.random.nextInt(bytes.length);
		for (int at = 0; at < bytes.length;) {
			int length = Math.min(bytes.length - at, oneIn(2) ? most : 1 + this.random.nextInt(most));
			byte[] piece = new byte[length];
			System.arraycopy(bytes, at, piece, 0, length);
			pieces.add(piece);
			at += length;
		}
		return pieces;
	}

	private void corrupt(StringBuilder text, int at) {
		char odd = ODD_BYTES.charAt(this.random.nextInt(ODD_BYTES.length()));
		switch (this.random.nextInt(4)) {
			case 0 -> text.setCharAt(at, odd);
			case 1 -> text.insert(at, odd);
			case 2 -> text.deleteCharAt(at);
			default -> text.setCharAt(at, (char) (text.charAt(at) ^ (1 << this.random.nextInt(8))));
		}
	}

	private void change() {
		switch (this.random.nextInt(14)) {
			case 0 -> this.method = any(METHODS);
			case 1, 2 -> this.target = any(ODD_TARGETS);
			case 3 -> this.version = any(VERSIONS);
			case 4 -> addMany();
			case 5 -> this.fields.add(place(), any(this.fields));
			case 6 -> this.fields.remove(this.random.nextInt(this.fields.size()));
			case 7 -> this.fields.set(existing(), any(NAMES) + ": " + any(VALUES));
			case 8 -> this.fields.set(existing(), folded(any(this.fields)));
			case 9 -> spell(existing());
			case 10 -> this.fields.add(place(), any(NAMES) + any(List.of(":", " :", "", ";", "\t: ", ": \t ")));
			default -> this.fields.add(oneIn(2) ? place() : replaced(), any(NAMES) + ": " + any(VALUES));
		}
	}

	private void spell(int at) {
		String field = this.fields.get(at);
		this.fields.set(at, switch (this.random.nextInt(5)) {
			case 0 -> field.toUpperCase(Locale.ROOT);
			case 1 -> field.replace(": ", ":");
			case 2 -> field.replace(": ", ": \t ") + " \t";
			case 3 -> " " + field;
			default -> field.replace(":", " :");
		});
	}

	private String folded(String field) {
		return field.replaceFirst(":", oneIn(2) ? ":\r\n " : ":\n\t");
	}

	private void addMany() {
		for (int i = this.random.nextInt(150); i > 0; i--) {
			this.fields.add("X-" + i + ": " + i);
		}
	}

	private void addBody() {
		int length = SMUGGLED.length();
		switch (this.random.nextInt(6)) {
			case 0 -> body("Content-Length: " + length, SMUGGLED);
			case 1 -> body("Content-Length: " + (length + 1), SMUGGLED + "x");
			case 2 -> body("Transfer-Encoding: chunked", chunked());
			case 3 -> body("Transfer-Encoding: " + any(List.of("gzip, chunked", "Chunked", "chunked ")), chunked());
			case 4 -> {
				body("Transfer-Encoding: chunked", chunked());
				this.fields.add(place(), "Content-Length: " + any(List.of("0", "3", "" + length)));
			}
			default -> body("Content-Length: " + any(List.of("1000000", "0", "x", "-5", "2147483648")), "");
		}
	}

	private void body(String field, String body) {
		this.fields.add(place(), field);
		if (oneIn(4)) {
			this.method = "POST";
		}
		this.body = body;
	}

	private String chunked() {
		String size = Integer.toHexString(SMUGGLED.length());
		String extension = any(List.of("", "", ";a=b", ";" + "x".repeat(9000), " ", ";a=\"\\\"\n\""));
		String trailer = any(List.of("", "", "X-T: 1\r\n", "Content-Length: 5\r\n", "X: " + "y".repeat(9000) + "\r\n"));
		String body = size + extension + "\r\n" + SMUGGLED + "\r\n";
		return switch (this.random.nextInt(8)) {
			case 0 -> "0\r\n\r\n";
			case 1 -> "x\r\n" + SMUGGLED;
			case 2 -> "-1\r\n" + SMUGGLED;
			case 3 -> "ffffffffffffffff\r\n" + SMUGGLED;
			default -> body + "0\r\n" + trailer + "\r\n";
		};
	}

	private int existing() {
		if (this.fields.isEmpty()) {
			this.fields.add("Host: localhost");
		}
		return this.random.nextInt(this.fields.size());
	}

	private int place() {
		return this.random.nextInt(this.fields.size() + 1);
	}

	private int replaced() {
		int at = existing();
		this.fields.remove(at);
		return at;
	}

	private boolean oneIn(int n) {
		return this.random.nextInt(n) == 0;
	}

	private String any(List<String> choices) {
		return choices.isEmpty() ? "X: y" : choices.get(this.random.nextInt(choices.size()));
	}

}
