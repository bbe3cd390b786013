package wsecho.service;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * What came on one connection, in words: each status of HTTP/1.1, then the code of the
 * Close; or, of HTTP/2, the statuses and errors that there were on any stream, each once.
 */
final class Answers {

	/** More is not looked at. */
	private static final int MOST = 128 * 1024;

	private static final int FRAME_HEADER = 9;

	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	/** Some more has come. */
	void add(ByteBuffer bytes) {
		byte[] looked = new byte[Math.min(bytes.remaining(), MOST - this.received.size())];
		bytes.get(looked);
		this.received.writeBytes(looked);
	}

	/** How many bytes have come, as far as they are looked at. */
	int length() {
		return this.received.size();
	}

	@Override
	public String toString() {
		String text = this.received.toString(StandardCharsets.ISO_8859_1);
		String answers = text.startsWith("HTTP/") ? http1(text) : http2(ByteBuffer.wrap(this.received.toByteArray()));
		return answers.isEmpty() ? "nothing" : answers;
	}

	private static String http1(String text) {
		StringJoiner answers = new StringJoiner(" ");
		Matcher status = STATUS.matcher(text);
		while (status.find()) {
			answers.add(status.group(1));
			if (status.group(1).equals("101")) {
				int end = text.indexOf("\r\n\r\n", status.end());
				return answers + ((end < 0) ? "" : close(text, end + 4));
			}
		}
		return answers.toString();
	}

	private static String close(String text, int from) {
		for (int at = from; at + 4 <= text.length();) {
			int length = text.charAt(at + 1);
			if (text.charAt(at) == 0x88) {
				return " " + (text.charAt(at + 2) << 8 | text.charAt(at + 3));
			}
			at += (length < 126) ? 2 + length : 4 + (text.charAt(at + 2) << 8 | text.charAt(at + 3));
		}
		return "";
	}

	private static String http2(ByteBuffer frames) {
		Set<String> answers = new LinkedHashSet<>();
		DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
		while (frames.remaining() >= FRAME_HEADER) {
			int length = frames.getInt() >>> 8;
			int type = frames.get(frames.position() - 1);
			frames.position(frames.position() + FRAME_HEADER - 4);
			if (length > frames.remaining()) {
				break;
			}
			ByteBuffer payload = frames.slice(frames.position(), length);
			frames.position(frames.position() + length);
			switch (type) {
				case 1 -> answers.add(status(decoder, payload));
				case 3 -> answers.add("RST_STREAM " + payload.getInt());
				case 7 -> answers.add("GOAWAY " + payload.getInt(4));
				default -> {
				}
			}
		}
		return String.join(" ", answers);
	}

	private static String status(DefaultHttp2HeadersDecoder decoder, ByteBuffer block) {
		try {
			return "" + decoder.decodeHeaders(1, Unpooled.wrappedBuffer(block)).status();
		}
		catch (Http2Exception ex) {
			return "" + ex;
		}
	}

}
