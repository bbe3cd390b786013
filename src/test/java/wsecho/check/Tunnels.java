package wsecho.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forward proxy: makes a tunnel for CONNECT, or answers with a status in its place. */
final class Tunnels implements AutoCloseable {

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final String status;

	Tunnels(String status) throws IOException {
		this.status = status;
		Pipe.start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** The heads of the requests that came. */
	List<String> requests() {
		return this.requests;
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			client.setTcpNoDelay(true);
			Pipe.start(() -> serve(client));
		}
	}

	private void serve(Socket client) throws IOException {
		try (client) {
			String head = head(client.getInputStream());
			this.requests.add(head);
			client.getOutputStream()
				.write(("HTTP/1.1 " + this.status + "\r\n" + (isOk() ? "" : "Content-Length: 0\r\n") + "\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			if (isOk()) {
				String[] authority = head.split(" ", 3)[1].split(":", 2);
				try (Socket server = new Socket(authority[0], Integer.parseInt(authority[1]))) {
					server.setTcpNoDelay(true);
					Pipe.join(client, server);
				}
			}
		}
	}

	private boolean isOk() {
		return this.status.startsWith("200");
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("the request ended");
			}
			head.append((char) next);
		}
		return head.toString();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}
