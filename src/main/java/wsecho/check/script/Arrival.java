package wsecho.check.script;

import java.util.ArrayList;
import java.util.List;

import wsecho.check.table.Facts;

/**
 * How messages came in time.
 *
 * @param nanos when each came
 */
record Arrival(List<Long> nanos) {

	// a message after a long gap, and others right behind it
	private static final long LONG_GAP = 250;

	private static final long NO_GAP = 20;

	void addTo(Facts facts) {
		facts.put("arrival.count", this.nanos.size());
		List<Long> gaps = gaps();
		if (!gaps.isEmpty()) {
			clumps(gaps, facts);
			facts.put("arrival.together", gaps.stream().filter((gap) -> gap <= NO_GAP).count());
			List<Long> sorted = gaps.stream().sorted().toList();
			facts.put("arrival.gap.p50", sorted.get(sorted.size() / 2));
			facts.put("arrival.gap.max", sorted.get(sorted.size() - 1));
		}
	}

	/**
	 * How long messages were held on the way, if the one that came soonest was not.
	 * @param late what came how long after it was made, in milliseconds; by two clocks
	 * @param facts take it
	 */
	static void addHeld(List<Long> late, Facts facts) {
		if (!late.isEmpty()) {
			List<Long> sorted = late.stream().sorted().toList();
			facts.put("arrival.held.p50", sorted.get(sorted.size() / 2) - sorted.get(0));
			facts.put("arrival.held.max", sorted.get(sorted.size() - 1) - sorted.get(0));
		}
	}

	private List<Long> gaps() {
		List<Long> gaps = new ArrayList<>();
		for (int i = 1; i < this.nanos.size(); i++) {
			gaps.add((this.nanos.get(i) - this.nanos.get(i - 1)) / 1_000_000);
		}
		return gaps;
	}

	private static void clumps(List<Long> gaps, Facts facts) {
		int clumps = 0;
		int size = 0;
		int largest = 0;
		for (long gap : gaps) {
			if (gap >= LONG_GAP) {
				size = 1;
			}
			else if (gap <= NO_GAP && size > 0) {
				clumps += (size == 1) ? 1 : 0;
				size++;
				largest = Math.max(largest, size);
			}
			else {
				size = 0;
			}
		}
		facts.put("arrival.clumps", clumps).put("arrival.clump.max", largest);
	}

}
