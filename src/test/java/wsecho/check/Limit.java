package wsecho.check;

/**
 * The texts that name a limit of time, which the server sees at its end, and the client
 * of an Envoy a second later.
 *
 * @param seconds how long it is
 */
record Limit(int seconds) {

	/** What ends after 6 s, as 5 s at the client of an Envoy. */
	static final String KNOWN = " Known for about that time: the upstream read timeout that APISIX's dashboard sets\\.";

	/** Of silent sessions. */
	String idle(String who) {
		return "Cut after " + here()
				+ " of silence by something between: this end did not end it, and to the server the " + who + " after "
				+ there() + "\\. If lifetime passes, it was for the silence\\.";
	}

	/** Of sessions with pings. */
	String idleWithPings() {
		return "Cut after " + here() + " by something between, despite a ping each 1s .*";
	}

	/** Of sessions in use. */
	String life() {
		return "Ended after " + here() + " although it was used, by something between: a limit on the whole life\\.";
	}

	/** Of silent event streams. */
	String streamIdle(String who) {
		return "Cut after [" + (this.seconds - 1) + this.seconds + (this.seconds + 1)
				+ "]\\.\\d s of silence by something between: to the server the " + who + " after " + there()
				+ "\\. If sse-lifetime passes, it was for the silence\\.";
	}

	/** Of event streams in use. */
	String streamLife() {
		return "Cut after " + here()
				+ " although an event came each second, by something between: a limit on the whole answer\\.";
	}

	/** Of an answer that is held for longer. */
	String heldFor(int longer) {
		return "Given up after " + here() + ": 504, while the server was to answer after " + longer
				+ "\\.0 s\\. Something between does not wait longer\\.";
	}

	private String here() {
		return "[" + this.seconds + (this.seconds + 1) + "]\\.\\d s";
	}

	// clocks start apart
	private String there() {
		return "[" + (this.seconds - 1) + this.seconds + "]\\.\\d s";
	}

}
