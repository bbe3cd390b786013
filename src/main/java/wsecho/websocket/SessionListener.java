package wsecho.websocket;

/** The life of one session, as it is told; in the event loop of its connection. */
public interface SessionListener {

	/** What the client is told that its session is called. */
	String id();

	/**
	 * How long a message of the client's may be.
	 * @return bytes, inflated; {@link Long#MAX_VALUE} if that is not limited
	 */
	long messageLimit();

	/**
	 * The session is open.
	 * @param session what can be seen of it and done to it until it ends
	 */
	void opened(OpenSession session);

	/**
	 * The client has answered the ping of {@link LiveSession#ping()}.
	 * @param nanos how long that took
	 */
	void answered(long nanos);

	/**
	 * The connection, or its stream, has ended. May be told twice.
	 * @param ending how; {@link Ending#LOST} for a session that has not been opened
	 */
	void ended(SessionEnd ending);

}
