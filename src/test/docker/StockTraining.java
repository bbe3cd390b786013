import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Starts the server by the command given, at port 1901, and has it take as many
 * handshakes and echoes as the service's own training.
 */
class StockTraining {

	private static final int HANDSHAKES = 4_000;

	private static final int ECHOES = 30_000;

	private static final byte[] REQUEST = """
			GET /websocket HTTP/1.1\r
			Host: localhost\r
			Connection: Upgrade\r
			Upgrade: websocket\r
			Sec-WebSocket-Version: 13\r
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
			\r
			""".getBytes(StandardCharsets.US_ASCII);

	// a mask of zeros, and six letters
	private static final byte[] MESSAGE = { (byte) 0x82, (byte) 0x86, 0, 0, 0, 0, 'a', 'b', 'c', 'd', 'e', 'f' };

	public static void main(String[] command) throws Exception {
		Process server = new ProcessBuilder(command).inheritIO().start();
		try {
			await(server);
			for (int i = 0; i < HANDSHAKES; i++) {
				echo(1);
			}
			echo(ECHOES);
			server.destroy();
			if (server.waitFor() != 143) {
				throw new IllegalStateException("the server ended with " + server.exitValue());
			}
		}
		finally {
			server.destroyForcibly();
		}
	}

	private static void await(Process server) throws Exception {
		while (true) {
			try {
				echo(1);
				return;
			}
			catch (IOException ex) {
				if (!server.isAlive()) {
					throw ex;
				}
				Thread.sleep(50);
			}
		}
	}

	private static void echo(int times) throws IOException {
		try (Socket socket = new Socket("localhost", 1901)) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(REQUEST);
			DataInputStream in = new DataInputStream(socket.getInputStream());
			for (int last = 0; last != 0x0d0a0d0a; last = last << 8 | in.readUnsignedByte()) {
				// the head ends with an empty line
			}
			for (int i = 0; i < times; i++) {
				socket.getOutputStream().write(MESSAGE);
				if (in.readUnsignedShort() != 0x8206 || in.readNBytes(6).length != 6) {
					throw new IllegalStateException("not the echo");
				}
			}
		}
	}

}
