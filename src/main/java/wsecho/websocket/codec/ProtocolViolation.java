package wsecho.websocket.codec;

/**
 * What the client did against RFC 6455, or against a limit: nothing of it is dealt with
 * any more.
 *
 * @param code the close code to fail the connection with: 1002, 1007 or 1009 (RFC 6455,
 * 7.4.1)
 * @param reason what was wrong, for the Close frame
 */
public record ProtocolViolation(int code, String reason) {

	static ProtocolViolation protocolError(String reason) {
		return new ProtocolViolation(1002, reason);
	}

	public static ProtocolViolation tooBig(long limit) {
		return new ProtocolViolation(1009, "A message takes at most " + limit + " bytes");
	}

	public static ProtocolViolation invalidPayload(String reason) {
		return new ProtocolViolation(1007, reason);
	}

}
