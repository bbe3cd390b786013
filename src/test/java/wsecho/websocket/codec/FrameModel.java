package wsecho.websocket.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What RFC 6455 makes of the bytes of a client, read in one go and in the plainest way:
 * it knows nothing of reads, and of a longer stream it is asked again from the start.
 */
final class FrameModel {

	private static final int MAX_WHOLE = 65536;

	private static final int ALL = Integer.MAX_VALUE;

	private static final Set<Integer> OPCODES = Set.of(0x0, 0x1, 0x2, 0x8, 0x9, 0xA);

	/**
	 * A frame.
	 *
	 * @param whole whether all of it was there; one that was not is a long one
	 */
	record Frame(int opcode, boolean fin, int rsv, String payload, boolean whole) {

		boolean isLong() {
			return !this.whole || this.payload.length() > MAX_WHOLE;
		}

		@Override
		public String toString() {
			return new ReceivedFrame(this.opcode, this.fin, this.rsv, this.payload) + (this.whole ? "" : " and more");
		}

	}

	record Violation(int code) {
	}

	private static final class Broken extends Exception {

		private static final long serialVersionUID = 1L;

		private final int code;

		Broken(int code) {
			this.code = code;
		}

	}

	private static final class Incomplete extends Exception {

		private static final long serialVersionUID = 1L;

	}

	private final byte[] bytes;

	private final boolean compressed;

	private final List<Object> events = new ArrayList<>();

	private int at;

	private boolean inMessage;

	private boolean text;

	private boolean inflated;

	private long length;

	private byte[] undecoded = new byte[0];

	private FrameModel(byte[] bytes, boolean compressed) {
		this.bytes = bytes;
		this.compressed = compressed;
	}

	/** Frames in order, then a violation if there is one. */
	static List<Object> read(byte[] bytes, boolean compressed) {
		return new FrameModel(bytes, compressed).read();
	}

	private List<Object> read() {
		try {
			while (!closed()) {
				readFrame();
			}
		}
		catch (Broken ex) {
			this.events.add(new Violation(ex.code));
		}
		catch (Incomplete ex) {
			// the rest is not there yet
		}
		return this.events;
	}

	private boolean closed() {
		return !this.events.isEmpty() && this.events.get(this.events.size() - 1) instanceof Frame frame
				&& frame.opcode == 0x8;
	}

	private int next() throws Incomplete {
		if (this.at == this.bytes.length) {
			throw new Incomplete();
		}
		return this.bytes[this.at++] & 0xFF;
	}

	private static void require(boolean condition) throws Broken {
		if (!condition) {
			throw new Broken(1002);
		}
	}

	private void readFrame() throws Broken, Incomplete {
		int first = next();
		boolean fin = first >> 7 == 1;
		int rsv = first >> 4 & 7;
		int opcode = first & 0xF;
		boolean control = opcode >= 0x8;
		boolean opens = opcode == 0x1 || opcode == 0x2;
		require(OPCODES.contains(opcode));
		require(rsv == 0 || (rsv == 4 && opens && this.compressed));
		require(fin || !control);
		require(control || opens != this.inMessage);
		long length = readLength(control);
		int[] mask = { next(), next(), next(), next() };
		if (opens) {
			this.text = opcode == 0x1 && rsv == 0;
			this.inflated = rsv != 0;
			this.length = 0;
		}
		if (!control) {
			checkLength(length);
		}
		int available = (int) Math.min(length, this.bytes.length - this.at);
		byte[] payload = new byte[available];
		for (int i = 0; i < available; i++) {
			payload[i] = (byte) (next() ^ mask[i % 4]);
		}
		boolean whole = available == length;
		checkPayload(new Frame(opcode, fin, rsv, ReceivedFrame.latin1(payload), whole), payload, length > MAX_WHOLE);
		if (!whole) {
			throw new Incomplete();
		}
		if (!control) {
			this.inMessage = !fin;
		}
	}

	// where there is no limit, it is still to be counted
	private void checkLength(long frame) throws Broken {
		this.length += frame;
		if (this.length < 0 && !this.inflated) {
			throw new Broken(1009);
		}
	}

	private long readLength(boolean control) throws Broken, Incomplete {
		int second = next();
		require(second >> 7 == 1);
		int length = second & 0x7F;
		require(!control || length <= 125);
		if (length <= 125) {
			return length;
		}
		byte[] more = new byte[(length == 126) ? 2 : 8];
		for (int i = 0; i < more.length; i++) {
			more[i] = (byte) next();
		}
		BigInteger value = new BigInteger(1, more);
		require(value.bitLength() <= 63);
		require(value.longValue() > ((length == 126) ? 125 : 65535));
		return value.longValue();
	}

	private void checkPayload(Frame frame, byte[] payload, boolean isLong) throws Broken {
		if (frame.opcode() == 0x8 && frame.whole()) {
			checkClose(payload);
		}
		if (frame.opcode() < 0x8 && this.text) {
			int handedOn = checkText(payload, frame.whole() && frame.fin());
			if (handedOn != ALL) {
				addBeginning(frame, handedOn, isLong);
				throw new Broken(1007);
			}
		}
		if (frame.whole() || (isLong && payload.length > 0)) {
			this.events.add(frame);
		}
	}

	private void addBeginning(Frame frame, int length, boolean isLong) {
		if (isLong) {
			String beginning = frame.payload().substring(0, Math.min(length, frame.payload().length()));
			this.events.add(new Frame(frame.opcode(), frame.fin(), frame.rsv(), beginning, false));
		}
	}

	/** How many of the bytes may be handed on before the bad one, or all. */
	private int checkText(byte[] payload, boolean last) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.writeBytes(this.undecoded);
		joined.writeBytes(payload);
		ByteBuffer in = ByteBuffer.wrap(joined.toByteArray());
		CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(in.remaining()), last);
		byte[] rest = Arrays.copyOfRange(in.array(), in.position(), in.limit());
		if (result.isError() || Utf8Verdict.of(rest, rest.length) == Utf8Verdict.INVALID) {
			// up to three bytes of a code point are good before the one that is not
			return Math.max(0, in.position() + 3 - this.undecoded.length);
		}
		this.undecoded = rest;
		return ALL;
	}

	private static void checkClose(byte[] payload) throws Broken {
		if (payload.length == 0) {
			return;
		}
		require(payload.length >= 2);
		int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
		require(code >= 1000 && code < 5000);
		require(code >= 3000 || code <= 1014);
		require(code != 1004 && code != 1005 && code != 1006);
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload, 2, payload.length - 2));
		}
		catch (CharacterCodingException ex) {
			throw new Broken(1007);
		}
	}

}
