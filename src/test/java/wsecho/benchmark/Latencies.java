package wsecho.benchmark;

import java.util.Arrays;

/** How long things took, in microseconds, up to a second. */
final class Latencies {

	private static final int MOST_MICROS = 1_000_000;

	private final int[] counts = new int[MOST_MICROS + 1];

	private int total;

	void add(long nanos) {
		this.counts[(int) Math.min(MOST_MICROS, nanos / 1000)]++;
		this.total++;
	}

	void add(Latencies others) {
		Arrays.setAll(this.counts, (micros) -> this.counts[micros] + others.counts[micros]);
		this.total += others.total;
	}

	void clear() {
		Arrays.fill(this.counts, 0);
		this.total = 0;
	}

	/**
	 * What a share of them did not exceed.
	 * @param share from 0 to 1
	 * @return microseconds
	 */
	int percentile(double share) {
		long rank = (long) Math.ceil(share * this.total);
		long below = 0;
		for (int micros = 0; micros <= MOST_MICROS; micros++) {
			below += this.counts[micros];
			if (below >= rank) {
				return micros;
			}
		}
		throw new IllegalStateException("nothing was measured");
	}

}
