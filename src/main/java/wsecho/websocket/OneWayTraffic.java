package wsecho.websocket;

/** What has gone one way through a session, for its {@link Traffic}. */
public final class OneWayTraffic {

	private long messages;

	private long bytes;

	private long last;

	/** Counts bytes of messages. */
	public void add(int bytes) {
		this.bytes += bytes;
	}

	/** Counts a whole message. */
	public void completed() {
		this.messages++;
	}

	/** Something, a message or not, has gone this way now. */
	public void moved() {
		this.last = System.currentTimeMillis();
	}

	/** How many whole messages there were. */
	public long messages() {
		return this.messages;
	}

	/** How many bytes of messages, not compressed. */
	public long bytes() {
		return this.bytes;
	}

	/** When something last went this way, in ms since 1970; 0 for never. */
	public long last() {
		return this.last;
	}

}
