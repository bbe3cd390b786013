package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The message whose frames are coming in: how long it is, and whether its text is UTF-8
 * (RFC 6455, 5.4 and 8.1). Control frames between its fragments do not touch it.
 */
final class IncomingMessage {

	private final long limit;

	private final Utf8 utf8 = new Utf8();

	private boolean underWay;

	private boolean text;

	private boolean compressed;

	private final FrameCount frames = new FrameCount();

	/** As far as its frames are announced. */
	private long length;

	/**
	 * The messages of one session.
	 * @param limit how long one may be that is not compressed, in bytes
	 */
	IncomingMessage(long limit) {
		this.limit = limit;
	}

	/** The frames of all messages so far. */
	FrameCount frames() {
		return this.frames;
	}

	/** Whether frames of it are still to come. */
	boolean isUnderWay() {
		return this.underWay;
	}

	/**
	 * A frame of it begins. The header is enough to see that it is too long.
	 * @param opcode of the frame
	 * @param compressed whether RSV1 is set
	 * @param length of the frame's payload
	 * @return what is wrong, or null
	 */
	@Nullable ProtocolViolation frameBegins(int opcode, boolean compressed, long length) {
		this.frames.begins(length);
		if (Opcode.opensMessage(opcode)) {
			this.compressed = compressed;
			this.text = opcode == Opcode.TEXT && !compressed;
			this.length = 0;
		}
		this.length += length;
		boolean fits = this.compressed || (this.length >= 0 && this.length <= this.limit);
		return fits ? null : ProtocolViolation.tooBig(this.limit);
	}

	/**
	 * More of it has come.
	 * @param ascii whether it is known to be ASCII
	 * @return false if it is text and not UTF-8
	 */
	boolean accept(ByteBuf in, int index, int length, boolean ascii) {
		return !this.text || (ascii && this.utf8.complete()) || this.utf8.accept(in, index, length);
	}

	/**
	 * A frame of it, or a piece of one, has come.
	 * @param last whether it is complete with that
	 * @return what is wrong, or null
	 */
	@Nullable ProtocolViolation frameEnds(boolean last) {
		this.underWay = !last;
		return (last && this.text && !this.utf8.complete())
				? ProtocolViolation.invalidPayload("Text that ends inside a code point") : null;
	}

}
