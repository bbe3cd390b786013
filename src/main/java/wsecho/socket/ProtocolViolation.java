package wsecho.socket;

/**
 * What the client did against RFC 6455: the last thing that a {@link FrameDecoder} hands
 * on.
 *
 * @param code the close code to fail the connection with: 1002 or 1007 (RFC 6455, 7.4.1)
 * @param reason what was wrong, for the Close frame
 */
record ProtocolViolation(int code, String reason) {

	static ProtocolViolation protocolError(String reason) {
		return new ProtocolViolation(1002, reason);
	}

	static ProtocolViolation invalidPayload(String reason) {
		return new ProtocolViolation(1007, reason);
	}

}
