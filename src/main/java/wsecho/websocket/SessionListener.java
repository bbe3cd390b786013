package wsecho.websocket;

/** Is told of the life of one session, in the event loop of its connection. */
public interface SessionListener {

	/** What the client is told that its session is called. */
	String id();

	/**
	 * The session is open.
	 * @param session what can be seen of it and done to it until it ends
	 */
	void opened(OpenSession session);

	/**
	 * The client has answered the ping of {@link OpenSession#ping}.
	 * @param nanos how long that took
	 */
	void pongReceived(long nanos);

	/**
	 * The connection, or its stream, has ended. May be told twice.
	 * @param end how; {@link SessionEnd#LOST} for a session that has not been opened
	 */
	void ended(SessionEnd end);

}
