package wsecho.websocket.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What a Close frame may carry (RFC 6455, 5.5.1 and 7.4). */
public final class ClosePayload {

	private ClosePayload() {
	}

	/** What is wrong with the payload, or null if it is empty or a code and a reason. */
	static @Nullable ProtocolViolation flaw(ByteBuf payload) {
		int length = payload.readableBytes();
		if (length == 0) {
			return null;
		}
		if (length == 1) {
			return ProtocolViolation.protocolError("Close code of one byte");
		}
		int code = payload.getUnsignedShort(payload.readerIndex());
		if (!maySend(code)) {
			return ProtocolViolation.protocolError("Close code " + code + ", which must not be sent");
		}
		Utf8 reason = new Utf8();
		if (!reason.accept(payload, payload.readerIndex() + Short.BYTES, length - Short.BYTES) || !reason.complete()) {
			return ProtocolViolation.invalidPayload("Close reason that is not UTF-8");
		}
		return null;
	}

	/**
	 * Whether a Close frame may carry a code. 1004 has no meaning; 1005, 1006 and 1015
	 * are for a local report only; 1016 to 2999 are reserved (RFC 6455, 7.4).
	 */
	public static boolean maySend(int code) {
		return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
	}

}
