package wsecho.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How a relay passes on what one side sends. */
interface Passing {

	/** How long what is gathered is held. */
	long GATHER_MILLIS = 400;

	long HUB_PING_MILLIS = 3000;

	/**
	 * Passes on until the side has ended.
	 * @param in what one side sends
	 * @param out to the other
	 * @param back to the one
	 */
	void pass(InputStream in, OutputStream out, OutputStream back) throws IOException, InterruptedException;

	static void all(InputStream in, OutputStream out, OutputStream back) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
			out.write(buffer, 0, read);
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

	static void gathered(InputStream in, OutputStream out, OutputStream back) throws IOException, InterruptedException {
		byte[] buffer = new byte[64 * 1024];
		for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
			TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
			out.write(buffer, 0, read);
		}
	}

	static void slowly(InputStream in, OutputStream out, OutputStream back) throws IOException, InterruptedException {
		byte[] buffer = new byte[8 * 1024];
		for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
			out.write(buffer, 0, read);
			TimeUnit.MILLISECONDS.sleep(100);
		}
	}

	// a quiet hub sends a ping alone, so that it is all that is read at once
	static void withoutHubPings(InputStream in, OutputStream out, OutputStream back) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
			if (!isHubPing(buffer, read)) {
				out.write(buffer, 0, read);
			}
		}
	}

	static void withLateHubPings(InputStream in, OutputStream out, OutputStream back)
			throws IOException, InterruptedException {
		byte[] buffer = new byte[64 * 1024];
		for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
			if (isHubPing(buffer, read)) {
				TimeUnit.MILLISECONDS.sleep(HUB_PING_MILLIS);
			}
			out.write(buffer, 0, read);
		}
	}

	private static boolean isHubPing(byte[] bytes, int length) {
		return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("{\"type\":6}\u001e");
	}

	static void allAndClose(InputStream in, OutputStream out, OutputStream back) throws IOException {
		all(in, out, back);
		out.write(new byte[] { (byte) 0x88, 2, 3, (byte) 0xE8 });
	}

	static void allForEver(InputStream in, OutputStream out, OutputStream back)
			throws IOException, InterruptedException {
		all(in, out, back);
		TimeUnit.DAYS.sleep(1);
	}

	/** Passes all on but one header field. */
	static void without(String field, InputStream in, OutputStream out) throws IOException {
		String head = head(in).replaceFirst("(?i)\r\n" + field + ":[^\r]*", "");
		out.write(head.getBytes(StandardCharsets.ISO_8859_1));
		all(in, out, out);
	}

	static void otherStatus(InputStream in, OutputStream out, OutputStream back) throws IOException {
		out.write(head(in).replaceFirst(" 503 ", " 502 ").getBytes(StandardCharsets.ISO_8859_1));
		all(in, out, back);
	}

	static void answerAlone(InputStream in, OutputStream out, OutputStream back) throws IOException {
		String head = head(in);
		out.write(head.getBytes(StandardCharsets.ISO_8859_1));
		all(in, head.startsWith("HTTP/1.1 101") ? OutputStream.nullOutputStream() : out, back);
	}

	static void refuse(InputStream in, OutputStream out, OutputStream back) throws IOException {
		String head = head(in);
		if (head.startsWith("GET /websocket")) {
			back.write("HTTP/1.1 401 \r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n{}"
				.getBytes(StandardCharsets.ISO_8859_1));
			return;
		}
		out.write(head.getBytes(StandardCharsets.ISO_8859_1));
		all(in, out, back);
	}

	/** The lines of a request or a response before its body. */
	static String head(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("it has ended");
			}
			head.write(next);
		}
		return head.toString(StandardCharsets.ISO_8859_1);
	}

}
