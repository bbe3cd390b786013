package wsecho.memory;

/** What one holder has drawn of the budget. Not thread-safe, but for {@link #bytes}. */
public final class Share {

	private final MemoryBudget budget;

	private volatile long bytes;

	private boolean ended;

	/** One with nothing drawn. */
	public Share(MemoryBudget budget) {
		this.budget = budget;
	}

	/** Draws, or gives back, so that the share is so many bytes; unless it has ended. */
	public void set(long bytes) {
		long more = bytes - this.bytes;
		if (more != 0 && !this.ended) {
			this.bytes = bytes;
			change(more);
		}
	}

	/** Draws so much more, or gives back if it is negative; unless it has ended. */
	public void add(long bytes) {
		set(this.bytes + bytes);
	}

	/** How much it is. */
	public long bytes() {
		return this.bytes;
	}

	/** Gives all of it back; the holder is no more. */
	public void end() {
		set(0);
		this.ended = true;
	}

	private void change(long more) {
		if (more > 0) {
			this.budget.draw(more);
		}
		else {
			this.budget.giveBack(-more);
		}
	}

}
