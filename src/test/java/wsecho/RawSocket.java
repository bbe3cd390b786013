package wsecho;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

/** A client that sends just the bytes it is told to, and sees just those that come. */
public final class RawSocket implements Closeable {

	/** Says that the server closed the connection (EOF). */
	public static final String EOF = "EOF";

	private static final int TIMEOUT_MILLIS = 20_000;

	private static final String KEY = Base64.getEncoder().encodeToString(new byte[16]);

	private static final byte[] MASK = { 0x37, (byte) 0xfa, 0x21, 0x3d };

	private static final Pattern SESSION_ID = Pattern.compile("(?i)\r\nx-session-id: (\\S+)\r\n");

	private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

	private final DataInputStream in;

	private final OutputStream out;

	private final Closeable connection;

	private final Closeable end;

	private final Closeable reset;

	private String sessionId = "";

	/**
	 * Connects.
	 * @param port the server's, on the loopback address
	 * @throws IOException if it does not listen
	 */
	public RawSocket(int port) throws IOException {
		this(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	private RawSocket(Socket socket) throws IOException {
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(TIMEOUT_MILLIS);
		this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
		this.out = socket.getOutputStream();
		this.connection = socket;
		this.end = socket::shutdownOutput;
		this.reset = () -> {
			socket.setSoLinger(true, 0);
			socket.close();
		};
	}

	private RawSocket(Http2Stream stream, Closeable connection) {
		this.in = new DataInputStream(stream.in());
		this.out = stream.out();
		this.connection = connection;
		this.end = this.out;
		this.reset = stream::reset;
	}

	/**
	 * Connects with TLS, whatever the server's certificate is, and upgrades.
	 * @param port the server's
	 * @param path path and query
	 * @return the client, with an open session
	 * @throws Exception if the server answers anything but 101
	 */
	public static RawSocket openTls(int port, String path) throws Exception {
		return connectTls(port, "http/1.1").open(path);
	}

	/**
	 * Connects with TLS, whatever the server's certificate is.
	 * @param port the server's
	 * @param protocol the one that ALPN offers
	 */
	static RawSocket connectTls(int port, String protocol) throws Exception {
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { protocol });
		socket.setSSLParameters(parameters);
		return new RawSocket(socket);
	}

	/**
	 * A session in a stream of HTTP/2.
	 * @param stream the stream, upgraded
	 */
	static RawSocket of(Http2Stream stream) {
		return of(stream, stream::close);
	}

	/**
	 * Upgrades a stream of a new HTTP/2 connection.
	 * @param port the server's
	 * @param path path and query
	 * @param fields further header lines
	 * @return the client, with an open session
	 * @throws Exception if the server answers anything but 200
	 */
	public static RawSocket openHttp2(int port, String path, String... fields) throws Exception {
		return open(new Http2Connection(port), Http2Stream.handshake(path, fields));
	}

	/**
	 * Upgrades a stream of an HTTP/2 connection, and is closed with it.
	 * @param connection the connection
	 * @param handshake the header fields
	 * @return the client, with an open session
	 * @throws Exception if the server answers anything but 200
	 */
	static RawSocket open(Http2Connection connection, Http2Headers handshake) throws Exception {
		return of(connection.open(handshake), connection::close);
	}

	private static RawSocket of(Http2Stream stream, Closeable connection) {
		RawSocket socket = new RawSocket(stream, connection);
		socket.sessionId = String.valueOf(stream.upgraded().get("x-session-id"));
		return socket;
	}

	/**
	 * The opening handshake of a well-behaved client.
	 * @param path path and query
	 * @param fields further header lines, each without its line end
	 * @return the request
	 */
	public static String handshake(String path, String... fields) {
		StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
				+ "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" + "Sec-WebSocket-Key: "
				+ KEY + "\r\n");
		for (String field : fields) {
			request.append(field).append("\r\n");
		}
		return request.append("\r\n").toString();
	}

	/**
	 * Connects and upgrades.
	 * @param port the server's
	 * @param path path and query
	 * @param fields further header lines
	 * @return the client, with an open session
	 * @throws IOException if the server answers anything but 101
	 */
	public static RawSocket open(int port, String path, String... fields) throws IOException {
		return new RawSocket(port).open(path, fields);
	}

	private RawSocket open(String path, String... fields) throws IOException {
		String head = send(handshake(path, fields)).readHead();
		if (!head.startsWith("HTTP/1.1 101 ")) {
			close();
			throw new IOException(head);
		}
		Matcher id = SESSION_ID.matcher(head);
		this.sessionId = id.find() ? id.group(1) : "";
		return this;
	}

	/**
	 * One masked frame.
	 * @param first its first byte: FIN, RSV and opcode
	 * @param payload its payload
	 * @return its bytes
	 */
	public static byte[] frame(int first, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
		if (payload.length < 126) {
			frame.put((byte) (0x80 | payload.length));
		}
		else if (payload.length < 65_536) {
			frame.put((byte) 0xfe).putShort((short) payload.length);
		}
		else {
			frame.put((byte) 0xff).putLong(payload.length);
		}
		frame.put(MASK);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ MASK[i & 3]));
		}
		byte[] bytes = new byte[frame.position()];
		frame.flip().get(bytes);
		return bytes;
	}

	/**
	 * Sends bytes.
	 * @param bytes what is sent
	 * @return this
	 * @throws IOException if the server is gone
	 */
	public RawSocket send(byte[] bytes) throws IOException {
		this.out.write(bytes);
		return this;
	}

	/**
	 * Sends text as ISO 8859-1.
	 * @param text what is sent
	 * @return this
	 * @throws IOException if the server is gone
	 */
	public RawSocket send(String text) throws IOException {
		return send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/**
	 * Sends one masked frame.
	 * @param first its first byte: FIN, RSV and opcode
	 * @param payload its payload
	 * @return this
	 * @throws IOException if the server is gone
	 */
	public RawSocket sendFrame(int first, byte[] payload) throws IOException {
		return send(frame(first, payload));
	}

	/**
	 * Reads the head of an HTTP response.
	 * @return its lines, with the empty one
	 * @throws IOException if the server is gone before
	 */
	public String readHead() throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		int last = 0;
		while (last != 0x0d0a0d0a) {
			int next = this.in.readUnsignedByte();
			head.write(next);
			last = last << 8 | next;
		}
		return head.toString(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Reads an HTTP response whose length is given.
	 * @return head and body
	 * @throws IOException if the server is gone before
	 */
	public String readResponse() throws IOException {
		String head = readHead();
		Matcher length = CONTENT_LENGTH.matcher(head);
		if (!length.find()) {
			throw new IOException("no length: " + head);
		}
		int n = Integer.parseInt(length.group(1));
		return head + new String(this.in.readNBytes(n), StandardCharsets.UTF_8);
	}

	/**
	 * Reads one frame of the server's.
	 * @return its first byte and its payload in hexadecimal, as in {@code 81:68690a}, or
	 * {@link #EOF}
	 * @throws IOException if the connection was reset, or nothing came in time
	 */
	public String readFrame() throws IOException {
		int first = readFirst();
		return (first == -1) ? EOF : "%02x:%s".formatted(first, HexFormat.of().formatHex(readPayload()));
	}

	/**
	 * Reads the first byte of a frame of the server's.
	 * @return FIN, RSV and opcode, or -1 if the server closed the connection
	 * @throws IOException if the connection was reset, or nothing came in time
	 */
	public int readFirst() throws IOException {
		return this.in.read();
	}

	/**
	 * Reads the rest of one frame of the server's, after its first byte.
	 * @return its payload
	 * @throws IOException if it does not come whole, or is masked
	 */
	public byte[] readPayload() throws IOException {
		int length = this.in.readUnsignedByte();
		if (length > 127) {
			throw new IOException("A server must not mask");
		}
		if (length == 126) {
			length = this.in.readUnsignedShort();
		}
		else if (length == 127) {
			length = Math.toIntExact(this.in.readLong());
		}
		byte[] payload = new byte[length];
		this.in.readFully(payload);
		return payload;
	}

	/** What the server calls the session, as its answer to the handshake says. */
	String sessionId() {
		return this.sessionId;
	}

	/** Reads what comes until the connection has ended, and not by a reset. */
	byte[] readToEnd() throws IOException {
		return this.in.readAllBytes();
	}

	/** Reads until the connection has ended, in whichever way. */
	void awaitEnd() {
		try {
			while (this.in.read() != -1) {
			}
		}
		catch (IOException ex) {
			// a reset is an end too
		}
	}

	/** Ends this direction only, with FIN or END_STREAM. */
	public void endOutput() throws IOException {
		this.end.close();
	}

	/** Ends with a reset (RST or RST_STREAM). */
	public void reset() throws IOException {
		this.reset.close();
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

}
