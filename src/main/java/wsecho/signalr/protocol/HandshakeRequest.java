package wsecho.signalr.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks for in the first record.
 *
 * @param protocol the name of an encoding
 * @param version of it
 */
public record HandshakeRequest(String protocol, int version) {

	/** With stateful reconnect JavaScript's client says 2, and signalrcore says 0. */
	private static final int LATEST = 2;

	static HandshakeRequest of(@Nullable String protocol, @Nullable Integer version) throws ProtocolException {
		if (protocol == null) {
			throw ProtocolException.missing("protocol");
		}
		if (version == null) {
			throw ProtocolException.missing("version");
		}
		return new HandshakeRequest(protocol, version);
	}

	/** Why it is refused, or null if it is taken. */
	public @Nullable String refusal() {
		if (!this.protocol.equals(JsonProtocol.NAME)) {
			return "The protocol '" + this.protocol + "' is not supported.";
		}
		return (this.version <= LATEST) ? null
				: "The server does not support version " + this.version + " of the '" + this.protocol + "' protocol.";
	}

}
