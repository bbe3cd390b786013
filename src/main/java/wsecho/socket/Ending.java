package wsecho.socket;

/**
 * How a session has ended.
 *
 * @param by who ended it
 * @param code of the first Close frame in either direction; 1005 if it had none, 1006 if
 * there was no Close frame (RFC 6455, 7.1.5)
 */
public record Ending(By by, int code) {

	/** The connection broke: a reset, or silence. */
	public static final Ending LOST = new Ending(By.NETWORK, 1006);

	/** The client ended its direction without a Close frame. */
	static final Ending CUT = new Ending(By.CLIENT, 1006);

	/** Who ends a session. */
	public enum By {

		CLIENT, SERVER, NETWORK

	}

}
