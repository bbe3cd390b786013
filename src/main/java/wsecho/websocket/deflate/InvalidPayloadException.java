package wsecho.websocket.deflate;

import java.io.Serial;

/** Says that a payload is not what its message claims to be (RFC 6455, 7.4.1: 1007). */
public final class InvalidPayloadException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String reason;

	InvalidPayloadException(String reason) {
		super(reason, null, false, false);
		this.reason = reason;
	}

	public String reason() {
		return this.reason;
	}

}
