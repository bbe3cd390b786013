package wsecho.websocket;

import org.springframework.web.reactive.socket.WebSocketSession;
import wsecho.memory.MemoryBudget;
import wsecho.memory.Share;

/**
 * What a session holds for its client beside itself, drawn of the memory budget: what was
 * read and has not been dealt with, what was written and the network has not taken, and
 * what its pipeline keeps. Belongs to the event loop of the session, but for
 * {@link #bytes}.
 */
public final class HeldMemory {

	/** What a change has to be worth: less is part of what each session costs. */
	private static final int GRAIN = 1024;

	private final MemoryBudget budget;

	private final Share share;

	private long inChannel;

	/** One that holds nothing. */
	public HeldMemory(MemoryBudget budget) {
		this.budget = budget;
		this.share = new Share(budget);
	}

	/**
	 * That of a session.
	 * @param session any session; one that is not ours has no limit
	 */
	public static HeldMemory of(WebSocketSession session) {
		return (session instanceof ChannelSession ours) ? ours.held()
				: new HeldMemory(new MemoryBudget(Long.MAX_VALUE));
	}

	/**
	 * The session's pipeline keeps something, or no longer does.
	 * @param bytes negative for what it keeps no longer
	 */
	public void add(long bytes) {
		this.share.add(bytes);
	}

	/** Whether a session that holds something should hold no more. */
	public boolean isTight() {
		return this.budget.isTight();
	}

	/** How much it is, in bytes. */
	public long bytes() {
		return this.share.bytes();
	}

	/** Says how much stands in the channel, in both directions. */
	public void inChannel(long bytes) {
		if (Math.abs(bytes - this.inChannel) >= GRAIN || (bytes == 0 && this.inChannel != 0)) {
			this.share.add(bytes - this.inChannel);
			this.inChannel = bytes;
		}
	}

	/** The session has ended, and all of it is released. */
	public void end() {
		this.share.end();
	}

}
