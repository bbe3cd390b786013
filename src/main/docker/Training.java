import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts the service by the command given, and has it do what it is for, so that the JVM
 * that records it knows which classes to load and which methods to compile: the page, the
 * paths, sessions over both versions of HTTP, refusals, a scrape, a stop with sessions
 * open. Every answer is checked: a service that does not work is no image.
 */
class Training {

	/** Enough for the compiler to have seen a handshake and an echo as often as it wants to. */
	private static final int HANDSHAKES = 4_000;

	private static final int ECHOES = 30_000;

	private static final String FIELDS = """
			Host: localhost\r
			User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36\r
			Accept-Encoding: gzip, deflate, br\r
			Accept-Language: en-GB,en;q=0.9\r
			Origin: http://localhost\r
			X-Forwarded-For: 192.0.2.1\r
			Connection: Upgrade\r
			Upgrade: websocket\r
			Sec-WebSocket-Version: 13\r
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
			Sec-WebSocket-Protocol: echo, chat\r
			Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r
			\r
			""";

	private static final Pattern STARTED = Pattern.compile("Started in .* on port (\\d+), management on port (\\d+)");

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final int port;

	private final int managementPort;

	private Training(int port, int managementPort) {
		this.port = port;
		this.managementPort = managementPort;
	}

	public static void main(String[] command) throws Exception {
		Process service = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader log = service.inputReader()) {
			started(log).run(service);
			log.lines().forEach(System.out::println);
			check(service.waitFor() == 143, "the service ended with " + service.exitValue());
		}
		finally {
			service.destroyForcibly();
		}
	}

	private static Training started(BufferedReader log) throws IOException {
		for (String line = log.readLine(); line != null; line = log.readLine()) {
			System.out.println(line);
			Matcher started = STARTED.matcher(line);
			if (started.find()) {
				return new Training(Integer.parseInt(started.group(1)), Integer.parseInt(started.group(2)));
			}
		}
		throw new IllegalStateException("the service did not start");
	}

	private void run(Process service) throws Exception {
		requests();
		scenarios();
		for (int i = 0; i < HANDSHAKES; i++) {
			try (Session session = new Session("")) {
				session.echo(1);
				session.close();
			}
		}
		try (Session session = new Session(""); Session compressed = new Session("?compress=true")) {
			session.echo(ECHOES);
			compressed.echo(100);
		}
		http2();
		stop(service);
	}

	private void requests() throws Exception {
		for (int i = 0; i < 20; i++) {
			for (String path : List.of("/", "/api", "/livez", "/readyz")) {
				check(get(this.port, path) == 200, path);
			}
			check(get(this.port, "/websocket") == 404, "no handshake");
			for (String path : List.of("health", "prometheus", "sessions")) {
				check(get(this.managementPort, "/actuator/" + path) == 200, path);
			}
		}
	}

	private static int get(int port, String path) throws Exception {
		return HTTP.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
				BodyHandlers.discarding())
			.statusCode();
	}

	private void scenarios() throws Exception {
		for (int i = 0; i < 50; i++) {
			try (Session session = new Session("/handshake")) {
				check(session.receive().length > 500, "report");
				check(get(this.port, "/sessions/" + session.id) == 200, "the session");
				session.echo(10);
				session.close();
			}
			try (Session session = new Session("/push?every=1ms&count=20")) {
				for (int message = 0; message < 20; message++) {
					check(session.receive().length > 20, "push");
				}
				session.closed(1000);
			}
			try (Session session = new Session("?messages=1&fragment=6&delay=1ms")) {
				session.send(0x81, "WebSocket rocks".getBytes(StandardCharsets.UTF_8));
				check(session.receive().length + session.receive().length + session.receive().length == 15, "fragments");
				session.closed(1000);
			}
			check(answer("/refuse/503") == 503, "refuse");
			check(answer("?messages=none") == 400, "bad parameter");
		}
	}

	private int answer(String path) throws IOException {
		try (Socket socket = new Socket("localhost", this.port)) {
			return status(handshake(socket, path));
		}
	}

	/** Returns the head of the answer. */
	private static String handshake(Socket socket, String path) throws IOException {
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(10_000);
		socket.getOutputStream()
			.write(("GET /websocket" + path + " HTTP/1.1\r\n" + FIELDS).getBytes(StandardCharsets.US_ASCII));
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int read = socket.getInputStream().read();
			check(read >= 0, "no answer");
			head.write(read);
		}
		return head.toString(StandardCharsets.ISO_8859_1);
	}

	private static int status(String head) {
		return Integer.parseInt(head.substring(9, 12));
	}

	// sessions by RFC 8441, each a stream of one connection without TLS
	private void http2() throws IOException {
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(10_000);
			DataOutputStream out = new DataOutputStream(socket.getOutputStream());
			DataInputStream in = new DataInputStream(socket.getInputStream());
			out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
			frame(out, 4, 0, 0, new byte[0]);
			for (int stream = 1; stream < 400; stream += 2) {
				frame(out, 1, 4, stream, connect());
				out.flush();
				check(await(in, out, 1, stream)[0] == (byte) 0x88, "200");
				for (int i = 0; i < 10; i++) {
					frame(out, 0, 0, stream, masked(0x82, new byte[20]));
					check(await(in, out, 0, stream).length == 22, "echo over HTTP/2");
				}
				frame(out, 0, 1, stream, masked(0x88, new byte[] { 3, (byte) 0xe8 }));
				check(await(in, out, 0, stream).length == 4, "Close over HTTP/2");
			}
		}
	}

	private static byte[] connect() throws IOException {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		// HPACK: literal fields without indexing, the names of the static table by number
		field(block, 2, null, "CONNECT");
		field(block, 0, ":protocol", "websocket");
		field(block, 6, null, "http");
		field(block, 4, null, "/websocket");
		field(block, 1, null, "localhost");
		field(block, 0, "sec-websocket-version", "13");
		return block.toByteArray();
	}

	private static void field(ByteArrayOutputStream block, int index, String name, String value) throws IOException {
		block.write(index);
		if (name != null) {
			block.write(name.length());
			block.write(name.getBytes(StandardCharsets.US_ASCII));
		}
		block.write(value.length());
		block.write(value.getBytes(StandardCharsets.US_ASCII));
	}

	private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload) throws IOException {
		out.writeInt(payload.length << 8 | type);
		out.writeByte(flags);
		out.writeInt(stream);
		out.write(payload);
		out.flush();
	}

	/** Reads up to the next frame of that type that carries something. */
	private static byte[] await(DataInputStream in, DataOutputStream out, int type, int stream) throws IOException {
		while (true) {
			int head = in.readInt();
			int flags = in.readByte();
			int of = in.readInt();
			byte[] payload = in.readNBytes(head >>> 8);
			if ((head & 0xff) == 4 && (flags & 1) == 0) {
				frame(out, 4, 1, 0, new byte[0]);
			}
			if ((head & 0xff) == type && of == stream && payload.length > 0) {
				return payload;
			}
		}
	}

	private void stop(Process service) throws Exception {
		List<Session> sessions = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			sessions.add(new Session(""));
		}
		// Process.destroy would close its log too
		service.toHandle().destroy();
		for (Session session : sessions) {
			session.closed(1001);
			session.close();
		}
	}

	private static byte[] masked(int first, byte[] payload) {
		byte[] mask = { 1, 2, 3, 4 };
		ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
		frame.put((byte) first).put((byte) (0x80 | payload.length)).put(mask);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ mask[i % 4]));
		}
		return frame.array();
	}

	private static void check(boolean right, String what) {
		if (!right) {
			throw new IllegalStateException("not as it should be: " + what);
		}
	}

	private final class Session implements AutoCloseable {

		private final Socket socket;

		private final DataInputStream in;

		private final String id;

		Session(String path) throws IOException {
			this.socket = new Socket("localhost", Training.this.port);
			String head = handshake(this.socket, path);
			check(status(head) == 101, path);
			this.id = head.replaceAll("(?is).*x-session-id: (\\S+).*", "$1");
			this.in = new DataInputStream(this.socket.getInputStream());
		}

		void send(int first, byte[] payload) throws IOException {
			this.socket.getOutputStream().write(masked(first, payload));
		}

		byte[] receive() throws IOException {
			int first = this.in.readUnsignedByte();
			int length = this.in.readUnsignedByte();
			check((first & 0x88) < 0x88, "a message, not a Close");
			return this.in.readNBytes((length < 126) ? length : this.in.readUnsignedShort());
		}

		void echo(int times) throws IOException {
			byte[] payload = "WebSocket rocks".getBytes(StandardCharsets.UTF_8);
			for (int i = 0; i < times; i++) {
				send((i % 2 == 0) ? 0x81 : 0x82, payload);
				check(receive().length > 0, "echo");
			}
		}

		void closed(int code) throws IOException {
			check(this.in.readUnsignedByte() == 0x88, "a Close");
			byte[] payload = this.in.readNBytes(this.in.readUnsignedByte());
			check(ByteBuffer.wrap(payload).getShort() == code, "the code of the Close is not " + code);
		}

		@Override
		public void close() throws IOException {
			if (this.socket.isClosed()) {
				return;
			}
			send(0x88, new byte[] { 3, (byte) 0xe8 });
			while (this.in.read() >= 0) {
				// up to the server's end
			}
			this.socket.close();
		}

	}

}
