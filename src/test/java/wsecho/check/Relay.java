package wsecho.check;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A proxy that is wrong in a way that no packaged one can be set to. */
final class Relay implements AutoCloseable {

	private static final long GATHER_MILLIS = 400;

	private static final int LARGEST_FRAME = 65_535;

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final int server;

	private final Fault fault;

	enum Fault {

		/** Sends on what the server has sent each 400 ms only. */
		GATHERS,

		/**
		 * Ends a session with a frame of more than 65,535 bytes: 1009 to one side, 1001
		 * to the other.
		 */
		CUTS_LARGE_FRAMES,

		/** Makes a Close 1000 of the end of the server's connection. */
		MAKES_CLOSES,

		/** Never tells the client that the server has ended. */
		HOLDS_ENDS_BACK

	}

	Relay(int server, Fault fault) throws IOException {
		this.server = server;
		this.fault = fault;
		start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException | InterruptedException ex) {
				// one of the connections has ended
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.server);
			client.setTcpNoDelay(true);
			upstream.setTcpNoDelay(true);
			start(() -> up(client, upstream));
			start(() -> down(client, upstream));
		}
	}

	private void up(Socket client, Socket upstream) throws IOException {
		try (upstream) {
			if (this.fault == Fault.CUTS_LARGE_FRAMES) {
				frames(new DataInputStream(client.getInputStream()), client, upstream);
			}
			else {
				client.getInputStream().transferTo(upstream.getOutputStream());
			}
		}
	}

	private void frames(DataInputStream in, Socket client, Socket upstream) throws IOException {
		OutputStream out = new BufferedOutputStream(upstream.getOutputStream());
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			head.write(in.readUnsignedByte());
		}
		out.write(head.toByteArray());
		out.flush();
		while (true) {
			int first = in.readUnsignedByte();
			int second = in.readUnsignedByte();
			ByteBuffer header = ByteBuffer.allocate(10).put((byte) first).put((byte) second);
			long length = second & 0x7F;
			if (length == 126) {
				length = in.readUnsignedShort();
				header.putShort((short) length);
			}
			else if (length == 127) {
				length = in.readLong();
				header.putLong(length);
			}
			if (length > LARGEST_FRAME) {
				client.getOutputStream().write(new byte[] { (byte) 0x88, 2, 3, (byte) 0xF1 });
				out.write(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE9 });
				out.flush();
				in.skipNBytes(length);
				return;
			}
			out.write(header.array(), 0, header.position());
			out.write(in.readNBytes((int) length + Integer.BYTES));
			out.flush();
		}
	}

	private void down(Socket client, Socket upstream) throws IOException, InterruptedException {
		InputStream in = upstream.getInputStream();
		byte[] buffer = new byte[64 * 1024];
		int read = read(in, buffer);
		while (read >= 0) {
			if (this.fault == Fault.GATHERS) {
				TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
			}
			client.getOutputStream().write(buffer, 0, read);
			read = read(in, buffer);
		}
		if (this.fault == Fault.MAKES_CLOSES) {
			client.getOutputStream().write(new byte[] { (byte) 0x88, 2, 3, (byte) 0xE8 });
		}
		if (this.fault != Fault.HOLDS_ENDS_BACK) {
			client.close();
		}
	}

	// to most proxies a reset is an end like any other
	private static int read(InputStream in, byte[] buffer) {
		try {
			return in.read(buffer);
		}
		catch (IOException ex) {
			return -1;
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

	/** What may fail when a connection ends. */
	private interface Task {

		void run() throws IOException, InterruptedException;

	}

}
