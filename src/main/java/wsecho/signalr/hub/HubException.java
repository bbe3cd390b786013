package wsecho.signalr.hub;

/** A target fails; the message is for the client. */
final class HubException extends Exception {

	private static final long serialVersionUID = 1L;

	HubException(String message) {
		// a client causes it, as often as it likes
		super(message, null, false, false);
	}

}
