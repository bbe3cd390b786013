package wsecho.websocket.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The bytes of a client's frame, right or wrong.
 *
 * @param first the header's first byte
 * @param masked whether the mask bit is set
 * @param lengthBytes how many bytes follow the second one for the length: 0, 2 or 8
 * @param length the length that the header claims
 * @param mask the masking key
 * @param payload what follows the header, not yet masked
 */
// never compared, so the array does no harm
@SuppressWarnings("ArrayRecordComponent")
record ClientFrame(int first, boolean masked, int lengthBytes, long length, int mask, byte[] payload) {

	static final int FIN = 0x80;

	static final int RSV1 = 0x40;

	static ClientFrame of(int first, int mask, byte[] payload) {
		int lengthBytes = (payload.length <= 125) ? 0 : (payload.length <= 0xFFFF) ? 2 : 8;
		return new ClientFrame(first, true, lengthBytes, payload.length, mask, payload);
	}

	ClientFrame unmasked() {
		return new ClientFrame(this.first, false, this.lengthBytes, this.length, 0, this.payload);
	}

	ClientFrame claiming(int lengthBytes, long length) {
		return new ClientFrame(this.first, this.masked, lengthBytes, length, this.mask, this.payload);
	}

	byte[] bytes() {
		ByteBuffer out = ByteBuffer.allocate(14 + this.payload.length).put((byte) this.first);
		int maskBit = this.masked ? 0x80 : 0;
		switch (this.lengthBytes) {
			case 0 -> out.put((byte) (maskBit | this.length));
			case 2 -> out.put((byte) (maskBit | 126)).putShort((short) this.length);
			default -> out.put((byte) (maskBit | 127)).putLong(this.length);
		}
		if (this.masked) {
			out.putInt(this.mask);
		}
		for (int i = 0; i < this.payload.length; i++) {
			out.put((byte) (this.payload[i] ^ this.mask >> (24 - 8 * (i % 4))));
		}
		byte[] bytes = new byte[out.flip().remaining()];
		out.get(bytes);
		return bytes;
	}

	static byte[] bytes(List<ClientFrame> frames) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		frames.forEach((frame) -> out.writeBytes(frame.bytes()));
		return out.toByteArray();
	}

}
