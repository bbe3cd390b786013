package wsecho.websocket;

import java.time.Duration;

import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.Disposable;

/**
 * A session while it is open, as those see it who look after sessions. Everything but
 * {@link #traffic} and {@link #held} happens in its event loop: {@link #goAway},
 * {@link #giveUp} and {@link #schedule} may be called in any thread and hand over to it,
 * the others are called in it.
 */
public interface OpenSession {

	/** What has gone through it so far; in another thread it may lag behind a little. */
	Traffic traffic();

	/** How much memory is held for its client beside the session itself, in bytes. */
	long held();

	/**
	 * Whether the client owes a sign of life: something that it sends, or that it takes
	 * of what it is sent. Not so while the handler wants nothing, nor in the closing
	 * handshake, whose waits have limits of their own.
	 */
	boolean isClientAwaited();

	/**
	 * When something last came from the client or, while something waits to be sent, when
	 * the network last took some of that.
	 * @return by {@link System#nanoTime}
	 */
	long lastHeard();

	/**
	 * Sends a ping (RFC 6455, 5.5.2) of which the handler does not know, or what makes an
	 * HTTP client give a sign of life. A pong is told to
	 * {@link SessionListener#pongReceived}.
	 * @param written run when the network has taken it; never, if the session is closing
	 */
	void ping(Runnable written);

	/**
	 * Runs a task in the event loop, unless the session ends before.
	 * @param task the task
	 * @param delay after how long, by the monotonic clock
	 * @return cancels it
	 */
	Disposable schedule(Runnable task, Duration delay);

	/**
	 * Closes the session when the replies to what has been read of it are sent, or when
	 * that has taken too long. Where the closing handshake waits for these replies
	 * already, it waits no longer than that.
	 * @param reason what the client is told
	 * @param patience how long the replies may take
	 */
	void goAway(CloseStatus reason, Duration patience);

	/**
	 * Gives up the connection, or its stream, without a Close.
	 * @param end how the session has ended with it, unless that is known already
	 */
	void giveUp(SessionEnd end);

}
