package wsecho.http;

import java.util.zip.CRC32;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import wsecho.scenario.ReportedBody;

/** The body of a request, of which nothing is kept but its length and its sum. */
final class ReceivedBody {

	private final CRC32 sum = new CRC32();

	private long bytes;

	/** Takes a piece, and releases it. */
	ReceivedBody with(DataBuffer piece) {
		this.bytes += piece.readableByteCount();
		try (DataBuffer.ByteBufferIterator parts = piece.readableByteBuffers()) {
			parts.forEachRemaining(this.sum::update);
		}
		DataBufferUtils.release(piece);
		return this;
	}

	ReportedBody reported() {
		return ReportedBody.of(this.bytes, this.sum.getValue());
	}

}
