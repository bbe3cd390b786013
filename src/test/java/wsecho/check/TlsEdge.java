package wsecho.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Ends TLS before a server. */
final class TlsEdge implements AutoCloseable {

	private final SSLServerSocket listener;

	private final int server;

	TlsEdge(SSLContext keys, int server) throws IOException {
		this.listener = (SSLServerSocket) keys.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.server = server;
		Pipe.start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			Pipe.start(() -> {
				try (client; Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.server)) {
					Pipe.join(client, upstream);
				}
			});
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}
