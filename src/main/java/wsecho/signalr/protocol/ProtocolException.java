package wsecho.signalr.protocol;

/** What a client sends breaks the hub protocol; the message is ASP.NET's. */
public final class ProtocolException extends Exception {

	private static final long serialVersionUID = 1L;

	ProtocolException(String message) {
		// a client causes it, as often as it likes
		super(message, null, false, false);
	}

	static ProtocolException missing(String property) {
		return new ProtocolException("Missing required property '" + property + "'.");
	}

}
