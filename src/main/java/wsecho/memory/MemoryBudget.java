package wsecho.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that may be held for all clients together, in bytes, and what is drawn of
 * it: for connections, requests and sessions, what they have sent and has not been dealt
 * with, what waits to be sent to them, and the state of their compression.
 */
public final class MemoryBudget {

	/** What of the limit is left to those who are already there: a quarter. */
	private static final int RESERVED = 4;

	private final long limit;

	private final long tight;

	private final AtomicLong used = new AtomicLong();

	private volatile Runnable relief = () -> {
	};

	/**
	 * A budget of which nothing is drawn.
	 * @param limit in bytes
	 */
	public MemoryBudget(long limit) {
		this.limit = limit;
		this.tight = limit - limit / RESERVED;
	}

	/**
	 * Sets what is run when the budget is exhausted, in the thread that draws too much.
	 * @param relief returns at once
	 */
	public void whenExhausted(Runnable relief) {
		this.relief = relief;
	}

	/**
	 * Draws for a newcomer, unless the budget is tight with it.
	 * @param bytes to be given back by {@link #giveBack}
	 * @return whether they are drawn
	 */
	public boolean tryDraw(long bytes) {
		long now = this.used.addAndGet(bytes);
		if (now > this.tight) {
			giveBack(bytes);
		}
		return now <= this.tight;
	}

	/** Draws what is held in any case. */
	public void draw(long bytes) {
		if (this.used.addAndGet(bytes) >= this.limit) {
			this.relief.run();
		}
	}

	/** Gives back what is no longer held. */
	public void giveBack(long bytes) {
		this.used.addAndGet(-bytes);
	}

	/** Whether so much is drawn that those who hold something should hold no more. */
	public boolean isTight() {
		return this.used.get() > this.tight;
	}

	/** Whether all of it is drawn. */
	public boolean isExhausted() {
		return this.used.get() >= this.limit;
	}

	/** How much has to be given back before the budget is no longer tight. */
	public long excess() {
		return this.used.get() - this.tight;
	}

	/** How much newcomers may draw in all. */
	public long forNewcomers() {
		return this.tight;
	}

	/** How much may be drawn. */
	public long limit() {
		return this.limit;
	}

	/** How much is drawn. */
	public long used() {
		return this.used.get();
	}

}
