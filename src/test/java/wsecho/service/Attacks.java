package wsecho.service;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import wsecho.fixture.Bomb;
import wsecho.fixture.RawSocket;

/** What hostile clients do, and what each has to get for it. */
final class Attacks {

	/** Stands in all that a client may choose, and nowhere else. */
	static final String MARK = "forged-by-a-client";

	private static final String GET = "GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n";

	/** A session, unless it has been ended already. */
	private static final String OPEN = "101";

	private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

	private static final String[] API = { ":method", "GET", ":scheme", "http", ":path", "/api", ":authority",
			"localhost" };

	private static final String[] POST = { ":method", "POST", ":scheme", "http", ":path", "/api", ":authority",
			"localhost", "content-length", "0" };

	private Attacks() {
	}

	/** All kinds. */
	static List<Attack> all() {
		return Stream
			.of(unread(), held(), compressed(), handshakes(), requests(), http2Sessions(), http2Streams(), hubs(),
					hubRequests())
			.flatMap(List::stream)
			.toList();
	}

	private static List<Attack> unread() {
		String echo = RawSocket.handshake("/websocket");
		return List.of(Attack.of("echo of 60 KB, unread", echo, OPEN).then(binary(60_000), 20).unread(),
				Attack.of("echo of 10 bytes, unread", echo, OPEN).then(repeat(binary(10), 500), 20).unread(),
				Attack.of("pings, unread", echo, OPEN)
					.then(repeat(RawSocket.frame(0x89, new byte[9]), 500), 20)
					.unread(),
				Attack.of("push of 1 MB, unread", RawSocket.handshake("/websocket/push?size=1MB&every=1ms"), OPEN)
					.unread(),
				Attack.of("end=stall, unread", RawSocket.handshake("/websocket?messages=1&end=stall"), OPEN)
					.then(binary(10_000), 20)
					.unread(),
				Attack.of("GET /api pipelined, unread", GET.repeat(30), "200").unread());
	}

	private static List<Attack> held() {
		String delay = RawSocket.handshake("/websocket?delay=5s");
		String later = RawSocket.handshake("/websocket?handshake-delay=300ms");
		return List.of(Attack.of("delay of 60 KB", delay, OPEN).then(binary(60_000), 20),
				Attack.of("delay of one byte", delay, OPEN).then(repeat(binary(1), 1000), 20),
				Attack.of("half a frame", delay, OPEN).then(Arrays.copyOf(binary(65_000), 60_000), 600_000),
				Attack.of("zeros behind a held handshake", later, "(101 1002|400|nothing), ended|101 1002")
					.then(new byte[16_384], 20),
				Attack.of("rubbish", RawSocket.handshake("/websocket"), "101 1002")
					.then(MARK.repeat(100).getBytes(StandardCharsets.US_ASCII), 100));
	}

	private static List<Attack> compressed() {
		String handshake = RawSocket.handshake("/websocket?compress=true", DEFLATE);
		byte[] bomb = RawSocket.frame(0xc2, Bomb.of(4));
		return List.of(Attack.of("bombs, unread", handshake, OPEN).then(bomb, 200).unreadAfter(4096),
				Attack
					.of("bombs over a limit", RawSocket.handshake("/websocket?compress=true&limit=1KB", DEFLATE),
							"101 1009")
					.then(bomb, 200),
				Attack.of("empty blocks", handshake, "101( 1007)?")
					.then(RawSocket.frame(0xc2, repeat(new byte[] { 3, 0 }, 32_000)), 1000),
				Attack.of("idle compression", handshake, OPEN));
	}

	private static List<Attack> handshakes() {
		String handshake = RawSocket.handshake("/websocket");
		String smuggled = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n";
		return List.of(Attack.of("HEAD", handshake.replace("GET ", "HEAD "), "405"),
				Attack.of("no Host", handshake.replace("Host: localhost\r\n", ""), "400"),
				Attack.of("two Hosts", handshake.replace("Host: ", "Host: " + MARK + "\r\nHost: "), "400"),
				Attack.of("version 99", handshake.replace("Version: 13", "Version: 99"), "426"),
				Attack.of("blanks in an offer",
						RawSocket.handshake("/websocket", DEFLATE + "," + " ".repeat(7000) + "x y"), "400"),
				Attack.of("request in a body",
						RawSocket.handshake("/websocket/refuse/503", "Content-Length: " + smuggled.length()) + smuggled,
						"400"),
				Attack.of("request in a chunked body",
						RawSocket.handshake("/websocket/refuse/503", "Transfer-Encoding: chunked") + "20\r\n"
								+ smuggled,
						"400"),
				Attack.of("refusals", RawSocket.handshake("/websocket/refuse/599?a=" + MARK).repeat(20), "599.*|400"),
				Attack.of("a path of 3,800 characters", RawSocket.handshake("/websocket;" + MARK + "A".repeat(3800)),
						"101|404"));
	}

	private static List<Attack> requests() {
		return List.of(
				Attack.of("1,300 fields", "GET /websocket/handshake HTTP/1.1\r\n" + "a:b\r\n".repeat(1300) + "\r\n",
						"431"),
				Attack.of("a cookie of 9 KB", RawSocket.handshake("/websocket", "Cookie: " + MARK + "x".repeat(9000)),
						"431"),
				Attack.of("a query of 5 KB", RawSocket.handshake("/websocket?" + MARK + "x".repeat(5000)), "414"),
				Attack.of("PROXY", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n" + GET, "400"),
				Attack.of("no HTTP", MARK + "\n2026-11-25T00:00:00Z ERROR " + MARK + "\r\n\r\n", "400"),
				Attack.of("half a request", "GET / HTTP/1.1\r\nHost: localhost\r\n", "nothing, ended")
					.then("a: b\r\n".getBytes(StandardCharsets.US_ASCII), 200));
	}

	private static List<Attack> http2Sessions() {
		Http2Bytes pushes = Http2Bytes.begin(0);
		Http2Bytes echoes = Http2Bytes.begin(65_535);
		Http2Bytes data = Http2Bytes.more();
		for (int stream = 1; stream < 20; stream += 2) {
			pushes.handshake(stream, "/websocket/push?size=1MB&every=1ms");
			echoes.handshake(stream, "/websocket");
			data.data(stream, binary(1000));
		}
		return List.of(Attack.of("HTTP/2: push of 1 MB, no window", pushes.bytes(), "200"),
				Attack.of("HTTP/2: echo, no more window", echoes.bytes(), "200.*").then(data.bytes(), 50));
	}

	private static List<Attack> http2Streams() {
		Http2Bytes foo = Http2Bytes.begin(65_535);
		Http2Bytes unread = Http2Bytes.begin(0);
		for (int stream = 1; stream < 20; stream += 2) {
			foo.open(stream, ":method", "CONNECT", ":protocol", "foo", ":scheme", "http", ":path", "/websocket?" + MARK,
					":authority", "localhost");
			unread.request(stream, API);
		}
		Http2Bytes resets = Http2Bytes.begin(65_535);
		for (int stream = 1; stream < 120; stream += 2) {
			resets.handshake(stream, "/websocket").reset(stream);
		}
		return List.of(Attack.of("HTTP/2: another :protocol", foo.bytes(), "400.*"),
				Attack.of("HTTP/2: GET /api, no window", unread.bytes(), "200( RST_STREAM 8)?.*"),
				Attack.of("HTTP/2: 60 resets", resets.bytes(), ".*GOAWAY 11"),
				Attack.of("HTTP/2: DATA after content-length 0",
						Http2Bytes.begin(65_535)
							.open(1, POST)
							.data(1, MARK.getBytes(StandardCharsets.US_ASCII))
							.bytes(),
						".*RST_STREAM 1"),
				Attack.of("HTTP/2: trailers of a pseudo-field",
						Http2Bytes.begin(65_535)
							.open(1, POST)
							.trailers(1, ":x\n2026-11-25T00:00:00Z ERROR " + MARK, "")
							.bytes(),
						".*RST_STREAM 1"));
	}

	private static List<Attack> hubs() {
		byte[] opening = RawSocket.handshake("/signalr").getBytes(StandardCharsets.ISO_8859_1);
		byte[] hub = join(opening, text("{\"protocol\":\"json\",\"version\":1}\u001e"));
		return List.of(
				Attack.of("hub: streams, unread", hub, OPEN)
					.then(text(
							"{\"type\":4,\"invocationId\":\"a\",\"target\":\"Count\",\"arguments\":[1000000,0]}\u001e"),
							20)
					.unread(),
				Attack.of("hub: echo, unread", hub, OPEN)
					.then(repeat(text("{\"type\":1,\"invocationId\":\"a\",\"target\":\"Echo\",\"arguments\":[\""
							+ "x".repeat(1000) + "\"]}\u001e"), 20), 20)
					.unread(),
				Attack.of("hub: half a record", hub, OPEN).then(text("x".repeat(30_000)), 600_000),
				Attack.of("hub: no handshake", opening, OPEN),
				Attack.of("hub: a record that does not end", hub, "101 1000").then(text(MARK.repeat(1000)), 20),
				Attack.of("hub: no JSON", hub, "101 1000").then(text(MARK + "\n\u001e"), 20),
				Attack.of("hub: depth", hub, "101( 1000)?").then(text("[".repeat(20_000) + "\u001e"), 20));
	}

	private static List<Attack> hubRequests() {
		String fields = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
		return List.of(
				Attack.of("hub: negotiations", ("POST /signalr/negotiate?negotiateVersion=1" + fields).repeat(20),
						"200.*"),
				Attack.of("hub: posts to nobody", ("POST /signalr?id=" + MARK + fields).repeat(20), "404.*"),
				Attack.of("hub: polls of nobody", ("GET /signalr?id=" + MARK + fields).repeat(20), "404.*"),
				Attack.of("hub: an end of nobody", "DELETE /signalr?id=" + MARK + fields, "404"),
				Attack.of("hub: half a post",
						"POST /signalr?id=" + MARK + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx",
						"404.*|nothing, ended"));
	}

	private static byte[] text(String text) {
		return RawSocket.frame(0x81, text.getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] join(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private static byte[] binary(int length) {
		return RawSocket.frame(0x82, new byte[length]);
	}

	private static byte[] repeat(byte[] bytes, int count) {
		byte[] all = new byte[count * bytes.length];
		for (int i = 0; i < count; i++) {
			System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
		}
		return all;
	}

}
