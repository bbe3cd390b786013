package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The bytes of a client's frames (RFC 6455, 5.2 and 5.3). */
public final class MaskedFrame {

	private MaskedFrame() {
	}

	/**
	 * One unfragmented frame.
	 * @param allocator allocates it
	 * @param opcode its opcode
	 * @param mask the masking key, new and not predictable for each frame
	 * @param payload its payload
	 * @return its bytes
	 */
	public static ByteBuf of(ByteBufAllocator allocator, int opcode, int mask, byte[] payload) {
		ByteBuf frame = allocator.buffer(HeaderParser.MAX_HEADER + payload.length);
		frame.writeByte(HeaderParser.FIN | opcode);
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
