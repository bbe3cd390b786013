package wsecho.check;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/** How a relay passes on what a session sends, as frames or for a time. */
final class PassingFrames {

	private static final int LONGEST_PUSH = 70_000;

	private static final int HUNDREDTH = 100;

	private static final long WHILE_MILLIS = 2000;

	// the end of one side's connection ends the other's
	private static final long AFTER_CLOSE_MILLIS = 1000;

	private PassingFrames() {
	}

	static void limited(int largest, InputStream client, OutputStream server, OutputStream back) throws IOException {
		DataInputStream in = new DataInputStream(client);
		OutputStream out = new BufferedOutputStream(server);
		String head = "";
		// a browser sends several requests on one connection
		while (!head.contains("Upgrade: websocket\r\n")) {
			head = Passing.head(in);
			out.write(head.getBytes(StandardCharsets.ISO_8859_1));
			out.flush();
		}
		while (true) {
			Header header = Header.read(in);
			if (header.length > largest) {
				back.write(new byte[] { (byte) 0x88, 2, 3, (byte) 0xF1 });
				upToClose(header, in);
				// the server's Close would be a second one
				back.close();
				out.write(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE9 });
				out.flush();
				return;
			}
			header.pass(in, out);
		}
	}

	// a connection that is closed with something unread is reset, and the reset may
	// overtake the Close
	private static void upToClose(Header first, DataInputStream in) throws IOException {
		OutputStream nowhere = OutputStream.nullOutputStream();
		Header header = first;
		for (header.pass(in, nowhere); header.opcode() != 8; header.pass(in, nowhere)) {
			header = Header.read(in);
		}
	}

	static void without(int opcode, InputStream server, OutputStream client) throws IOException {
		DataInputStream in = new DataInputStream(server);
		OutputStream out = new BufferedOutputStream(client);
		if (!head(in, out)) {
			Passing.all(in, client, client);
			return;
		}
		while (true) {
			Header header = Header.read(in);
			header.pass(in, (header.opcode() == opcode) ? OutputStream.nullOutputStream() : out);
		}
	}

	static void limitedDown(InputStream server, OutputStream client, OutputStream back)
			throws IOException, InterruptedException {
		DataInputStream in = new DataInputStream(server);
		OutputStream out = new BufferedOutputStream(client);
		if (!head(in, out)) {
			Passing.all(in, client, back);
			return;
		}
		long length = 0;
		while (length <= LONGEST_PUSH) {
			Header header = Header.read(in);
			length = (header.opcode() == 0) ? length + header.length : header.length;
			header.pass(in, (length <= LONGEST_PUSH) ? out : OutputStream.nullOutputStream());
		}
		client.write(new byte[] { (byte) 0x88, 2, 3, (byte) 0xE9 });
		back.write(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xF1 });
		TimeUnit.MILLISECONDS.sleep(AFTER_CLOSE_MILLIS);
	}

	static void changed(IntUnaryOperator first, InputStream client, OutputStream server) throws IOException {
		DataInputStream in = new DataInputStream(client);
		OutputStream out = new BufferedOutputStream(server);
		head(in, out);
		while (true) {
			Header header = Header.read(in);
			header.bytes[0] = (byte) first.applyAsInt(header.bytes[0]);
			header.pass(in, out);
		}
	}

	static void counted(Hundredth hundredth, InputStream client, OutputStream server) throws IOException {
		DataInputStream in = new DataInputStream(client);
		OutputStream out = new BufferedOutputStream(server);
		head(in, out);
		for (int i = 1; true; i++) {
			if (i == HUNDREDTH) {
				hundredth.pass(in, out);
			}
			else {
				Header.read(in).pass(in, out);
			}
		}
	}

	static void lose(DataInputStream in, OutputStream out) throws IOException {
		Header.read(in).pass(in, OutputStream.nullOutputStream());
	}

	static void swap(DataInputStream in, OutputStream out) throws IOException {
		ByteArrayOutputStream first = new ByteArrayOutputStream();
		Header.read(in).pass(in, first);
		Header.read(in).pass(in, out);
		out.write(first.toByteArray());
	}

	/**
	 * Passes on binary messages of 126 bytes and more, each in one frame, up to the
	 * Close.
	 */
	static void joined(InputStream client, OutputStream server) throws IOException {
		DataInputStream in = new DataInputStream(client);
		head(in, server);
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		for (Header header = Header.read(in); header.opcode() <= 2; header = Header.read(in)) {
			message.write(header.unmasked(in));
			if (header.bytes[0] < 0) {
				server.write(ByteBuffer.allocate(8 + message.size())
					.put(new byte[] { (byte) 0x82, (byte) 0xFE })
					.putShort((short) message.size())
					.putInt(0)
					.put(message.toByteArray())
					.array());
				message.reset();
			}
		}
	}

	static void forAWhileThenNothing(InputStream in, OutputStream out, OutputStream back)
			throws IOException, InterruptedException {
		forAWhile(in, out, back);
		Passing.allForEver(in, OutputStream.nullOutputStream(), back);
	}

	static void forAWhileThenClose(InputStream in, OutputStream out, OutputStream back)
			throws IOException, InterruptedException {
		forAWhile(in, out, back);
		out.write(new byte[] { (byte) 0x88, 2, 3, (byte) 0xE9 });
		TimeUnit.MILLISECONDS.sleep(AFTER_CLOSE_MILLIS);
	}

	static void forAWhileThenMaskedClose(InputStream in, OutputStream out, OutputStream back)
			throws IOException, InterruptedException {
		forAWhile(in, out, back);
		out.write(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE9 });
		TimeUnit.MILLISECONDS.sleep(AFTER_CLOSE_MILLIS);
	}

	/** Passes on a session for a time, and all of anything else. */
	static void forAWhile(InputStream in, OutputStream out, OutputStream back)
			throws IOException, InterruptedException {
		if (!head(in, out)) {
			Passing.allForEver(in, out, back);
		}
		long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WHILE_MILLIS);
		while (System.nanoTime() < until) {
			out.write(in.readNBytes(in.available()));
			TimeUnit.MILLISECONDS.sleep(5);
		}
	}

	/**
	 * Passes on the head of a request or a response, and says whether it is of a
	 * handshake, or of an event stream of a hub.
	 */
	private static boolean head(InputStream in, OutputStream out) throws IOException {
		String head = Passing.head(in);
		out.write(head.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
		return head.startsWith("GET /websocket") || head.startsWith("GET /signalr") || head.startsWith("HTTP/1.1 101")
				|| head.contains("text/event-stream");
	}

	/** A frame without its masking key and payload. */
	private static final class Header {

		private final byte[] bytes;

		private final long length;

		Header(byte[] bytes, long length) {
			this.bytes = bytes;
			this.length = length;
		}

		static Header read(DataInputStream in) throws IOException {
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
			return new Header(Arrays.copyOf(header.array(), header.position()), length);
		}

		int opcode() {
			return this.bytes[0] & 0x0F;
		}

		byte[] unmasked(DataInputStream in) throws IOException {
			byte[] key = in.readNBytes(Integer.BYTES);
			byte[] payload = in.readNBytes((int) this.length);
			for (int i = 0; i < payload.length; i++) {
				payload[i] ^= key[i % key.length];
			}
			return payload;
		}

		void pass(DataInputStream in, OutputStream out) throws IOException {
			int key = (this.bytes[1] < 0) ? Integer.BYTES : 0;
			out.write(this.bytes);
			out.write(in.readNBytes((int) this.length + key));
			out.flush();
		}

	}

	/** What is done with the 100th frame. */
	interface Hundredth {

		void pass(DataInputStream in, OutputStream out) throws IOException;

	}

}
