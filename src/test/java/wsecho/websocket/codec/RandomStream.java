package wsecho.websocket.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a client may send, and what it may not, at random. */
final class RandomStream {

	private static final int[] CODES = { 999, 1000, 1001, 1003, 1004, 1005, 1006, 1007, 1011, 1014, 1015, 1016, 2999,
			3000, 4999, 5000, 65535 };

	private static final long[] LENGTHS = { 0, 1, 125, 126, 127, 65535, 65536, 65537, 200_000, 1L << 62, -1,
			Long.MIN_VALUE, Long.MAX_VALUE };

	private final Random random;

	private final boolean compressed;

	private final List<ClientFrame> frames = new ArrayList<>();

	private RandomStream(Random random, boolean compressed) {
		this.random = random;
		this.compressed = compressed;
	}

	static byte[] bytes(Random random, boolean compressed) {
		return new RandomStream(random, compressed).bytes();
	}

	private byte[] bytes() {
		int messages = 1 + this.random.nextInt(3);
		for (int i = 0; i < messages; i++) {
			addMessage();
			if (oneIn(8)) {
				add(0x88, closePayload());
			}
		}
		if (oneIn(4)) {
			int broken = this.random.nextInt(this.frames.size());
			this.frames.set(broken, broken(this.frames.get(broken)));
		}
		byte[] bytes = ClientFrame.bytes(this.frames);
		return oneIn(4) ? corrupted(bytes) : bytes;
	}

	private boolean oneIn(int n) {
		return this.random.nextInt(n) == 0;
	}

	private void add(int first, byte[] payload) {
		this.frames.add(ClientFrame.of(first, oneIn(8) ? 0 : this.random.nextInt(), payload));
	}

	private void addMessage() {
		int opcode = oneIn(3) ? 0x2 : 0x1;
		int rsv = (this.compressed && oneIn(2)) ? ClientFrame.RSV1 : 0;
		int fragments = oneIn(2) ? 1 : 1 + this.random.nextInt(4);
		int[] ends = new int[fragments];
		int length = 0;
		for (int i = 0; i < fragments; i++) {
			length += length();
			ends[i] = length;
		}
		byte[] content = (opcode == 0x1) ? text(length) : noise(length);
		for (int i = 0; i < fragments; i++) {
			byte[] payload = Arrays.copyOfRange(content, (i > 0) ? ends[i - 1] : 0, ends[i]);
			add(((i == fragments - 1) ? ClientFrame.FIN : 0) | ((i == 0) ? rsv | opcode : 0), payload);
			if (oneIn(4)) {
				add(oneIn(2) ? 0x89 : 0x8A, noise(this.random.nextInt(126)));
			}
		}
	}

	private int length() {
		return switch (this.random.nextInt(40)) {
			case 0 -> 65535 + this.random.nextInt(3);
			case 1 -> oneIn(4) ? 200_000 : this.random.nextInt(70_000);
			case 2, 3, 4, 5, 6 -> 125 + this.random.nextInt(3);
			default -> this.random.nextInt(24);
		};
	}

	private byte[] noise(int length) {
		byte[] noise = new byte[length];
		this.random.nextBytes(noise);
		return noise;
	}

	private byte[] text(int length) {
		ByteBuffer text = ByteBuffer.allocate(length);
		boolean ascii = oneIn(2);
		while (text.hasRemaining()) {
			byte[] next = ascii ? new byte[] { 'a' } : codePoint();
			if (next.length <= text.remaining()) {
				text.put(next);
			}
		}
		if (length > 0 && oneIn(8)) {
			text.put(this.random.nextInt(length), (byte) this.random.nextInt());
		}
		return text.array();
	}

	private byte[] codePoint() {
		int value = this.random.nextInt(0x20 << this.random.nextInt(17)) % 0x110000;
		return (value >= 0xD800 && value <= 0xDFFF) ? new byte[] { '?' }
				: Character.toString(value).getBytes(StandardCharsets.UTF_8);
	}

	private byte[] closePayload() {
		if (oneIn(4)) {
			return noise(this.random.nextInt(3));
		}
		byte[] reason = text(this.random.nextInt(124));
		short code = (short) (oneIn(2) ? 1000 : CODES[this.random.nextInt(CODES.length)]);
		return ByteBuffer.allocate(2 + reason.length).putShort(code).put(reason).array();
	}

	private ClientFrame broken(ClientFrame frame) {
		return switch (this.random.nextInt(4)) {
			case 0 -> frame.unmasked();
			case 1 -> frame.claiming(8, LENGTHS[this.random.nextInt(LENGTHS.length)]);
			case 2 -> frame.claiming(2, this.random.nextInt(130));
			default -> ClientFrame.of(this.random.nextInt(256), this.random.nextInt(), frame.payload());
		};
	}

	private byte[] corrupted(byte[] bytes) {
		int at = this.random.nextInt(Math.min(bytes.length, oneIn(2) ? 16 : bytes.length));
		switch (this.random.nextInt(3)) {
			case 0 -> bytes[at] ^= (byte) (1 << this.random.nextInt(8));
			case 1 -> bytes[at] = (byte) this.random.nextInt();
			default -> {
				return Arrays.copyOf(bytes, at);
			}
		}
		return bytes;
	}

}
