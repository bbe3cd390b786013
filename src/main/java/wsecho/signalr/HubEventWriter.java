package wsecho.signalr;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.WebSocketMessage;
import wsecho.http.BodyTraffic;
import wsecho.http.Comments;

/**
 * Writes batches as events, as ASP.NET does: lines end with CRLF. A line end within a
 * batch can only be white space of a value; it arrives as LF.
 */
final class HubEventWriter implements Comments {

	private static final byte[] LINE = "\r\ndata: ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final DataBufferFactory buffers;

	private final BodyTraffic traffic;

	HubEventWriter(DataBufferFactory buffers, BodyTraffic traffic) {
		this.buffers = buffers;
		this.traffic = traffic;
	}

	/** What an event stream begins with: Firefox wants something before it is open. */
	DataBuffer open() {
		return this.buffers.wrap(":\r\n".getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public DataBuffer comment(String text) {
		return this.buffers.wrap((": " + text + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
	}

	/** One batch, which is released. */
	DataBuffer write(WebSocketMessage batch) {
		byte[] data = new byte[batch.getPayload().readableByteCount()];
		batch.getPayload().read(data);
		batch.release();
		this.traffic.messageSent();
		return this.buffers.wrap(event(data));
	}

	private static byte[] event(byte[] data) {
		ByteArrayOutputStream event = new ByteArrayOutputStream(data.length + 16);
		event.write(LINE, 2, LINE.length - 2);
		int start = 0;
		for (int i = 0; i < data.length; i++) {
			if (data[i] == '\n' || data[i] == '\r') {
				event.write(data, start, i - start);
				event.writeBytes(LINE);
				i += (data[i] == '\r' && i + 1 < data.length && data[i + 1] == '\n') ? 1 : 0;
				start = i + 1;
			}
		}
		event.write(data, start, data.length - start);
		event.writeBytes(END);
		return event.toByteArray();
	}

}
