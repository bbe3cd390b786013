package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The bytes of a client's frames (RFC 6455, 5.2 and 5.3). */
public final class MaskedFrame {

	/** The bit of the first byte that the last frame of a message has. */
	public static final int FIN = HeaderParser.FIN;

	/** The bit of the first byte that the first frame of a compressed message has. */
	public static final int RSV1 = 0x40;

	private MaskedFrame() {
	}

	/**
	 * One frame.
	 * @param allocator allocates it
	 * @param first its first byte: FIN, RSV and opcode
	 * @param mask the masking key, new and not predictable for each frame
	 * @param payload its payload
	 * @return its bytes
	 */
	public static ByteBuf of(ByteBufAllocator allocator, int first, int mask, byte[] payload) {
		ByteBuf frame = allocator.buffer(HeaderParser.MAX_HEADER + payload.length);
		frame.writeByte(first);
		if (payload.length <= 125) {
			frame.writeByte(0x80 | payload.length);
		}
		else if (payload.length <= 0xFFFF) {
			frame.writeByte(0x80 | 126).writeShort(payload.length);
		}
		else {
			frame.writeByte(0x80 | 127).writeLong(payload.length);
		}
		frame.writeInt(mask);
		int start = frame.writerIndex();
		frame.writeBytes(payload);
		Masking.apply(mask, frame, start, payload.length);
		return frame;
	}

}
