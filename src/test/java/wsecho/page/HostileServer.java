package wsecho.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** A WebSocket server that sends what it was told to, and reads nothing. */
final class HostileServer implements AutoCloseable {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final String KEY = "sec-websocket-key: ";

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final Script script;

	HostileServer(Script script) throws IOException {
		this.script = script;
		Thread thread = new Thread(this::accept, "hostile server");
		thread.setDaemon(true);
		thread.start();
	}

	/** What is sent after the handshake. */
	interface Script {

		void send(OutputStream out) throws IOException;

	}

	String address() {
		return "ws://127.0.0.1:" + this.listener.getLocalPort() + "/";
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try (Socket client = this.listener.accept()) {
				OutputStream out = client.getOutputStream();
				out.write(switchingProtocols(client));
				this.script.send(out);
				// until the browser ends the connection
				client.getInputStream().transferTo(OutputStream.nullOutputStream());
			}
			catch (IOException | GeneralSecurityException ex) {
				// the browser has ended it, or the test has
			}
		}
	}

	private static byte[] switchingProtocols(Socket client) throws IOException, GeneralSecurityException {
		BufferedReader in = new BufferedReader(
				new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
		String key = "";
		for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
			if (line.regionMatches(true, 0, KEY, 0, KEY.length())) {
				key = line.substring(KEY.length()).strip();
			}
		}
		byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
		return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	static byte[] text(String payload) {
		return frame(0x81, payload.getBytes(StandardCharsets.UTF_8));
	}

	static byte[] close(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		return frame(0x88, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
	}

	/** One frame, not masked. */
	static byte[] frame(int first, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) first);
		if (payload.length < 126) {
			frame.put((byte) payload.length);
		}
		else {
			frame.put((byte) 127).putLong(payload.length);
		}
		frame.put(payload).flip();
		byte[] bytes = new byte[frame.remaining()];
		frame.get(bytes);
		return bytes;
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}
