package wsecho.signalr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * What a negotiation leaves behind: nothing but what the client brings with it.
 *
 * @param id of the connection
 * @param issued when it was negotiated, by the monotonic clock of the process
 * @param negotiation what reached the server of that request
 * @param pod where it was negotiated: the name of the host
 */
record ConnectionToken(String id, long issued, NegotiationFacts negotiation, String pod) {

	private static final byte FORMAT = 1;

	private static final int ID = 20;

	/** How many of the id's digits are those of the process. */
	private static final int PROCESS = 8;

	byte[] encode() {
		byte[] pod = this.pod.getBytes(StandardCharsets.UTF_8);
		ByteBuffer bytes = ByteBuffer.allocate(1 + ID + Long.BYTES + NegotiationFacts.BYTES + pod.length)
			.put(FORMAT)
			.put(HexFormat.of().parseHex(this.id))
			.putLong(this.issued);
		this.negotiation.writeTo(bytes);
		return bytes.put(pod).array();
	}

	/** Reads one, whoever has made it; null if it is none. */
	static @Nullable ConnectionToken decode(ByteBuffer bytes) {
		if (bytes.remaining() < 1 + ID + Long.BYTES + NegotiationFacts.BYTES || bytes.get() != FORMAT) {
			return null;
		}
		byte[] id = new byte[ID];
		bytes.get(id);
		long issued = bytes.getLong();
		NegotiationFacts negotiation = NegotiationFacts.readFrom(bytes);
		String pod = StandardCharsets.UTF_8.decode(bytes).toString();
		return new ConnectionToken(HexFormat.of().formatHex(id), issued, negotiation, pod);
	}

	/** Whether the process that has made an id says to have made this one. */
	boolean isOfProcessOf(String id) {
		return this.id.regionMatches(0, id, 0, PROCESS);
	}

	/**
	 * How long ago it was negotiated, in nanoseconds.
	 * @param now by the same clock
	 */
	long age(long now) {
		return now - this.issued;
	}

}
