package wsecho.check.script;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import wsecho.check.script.Together.Life;
import wsecho.check.table.Facts;

/**
 * What several sessions have come to.
 *
 * @param lives the sessions
 */
record Lives(List<Life> lives) {

	/** Adds what all have come to, and what one saw of those that show most. */
	void addTo(Facts facts) {
		List<Life> cut = this.lives.stream().filter(Life::isCut).toList();
		Stream
			.of(this.lives.stream().filter(Life::isDead), cut.stream().filter(Life::isWitnessed), cut.stream(),
					this.lives.stream().filter((life) -> !life.isOpened()), this.lives.stream())
			.flatMap((some) -> some)
			.findFirst()
			.ifPresent((one) -> facts.putAll(one.facts()));
		facts.put("machine.slept", this.lives.stream().anyMatch((life) -> slept(life.facts())));
		facts.put("lives.tried", this.lives.size());
		facts.put("lives.count", count(this.lives.stream().filter(Life::isOpened)));
		facts.put("lives.alive", count(this.lives.stream().filter(Life::isAlive)));
		facts.put("lives.dead", count(this.lives.stream().filter(Life::isDead)));
		facts.put("lives.cut", cut.size());
		if (!cut.isEmpty()) {
			LongSummaryStatistics after = range(cut, Life::after);
			LongSummaryStatistics ends = range(cut, Life::ended);
			facts.put("lives.cut.min", after.getMin()).put("lives.cut.max", after.getMax());
			facts.put("lives.spread", after.getMax() - after.getMin());
			facts.put("lives.end.spread", ends.getMax() - ends.getMin());
		}
	}

	private static boolean slept(Facts facts) {
		return Boolean.TRUE.equals(facts.get("machine.slept"));
	}

	private static long count(Stream<Life> some) {
		return some.count();
	}

	private static LongSummaryStatistics range(List<Life> cut, ToLongFunction<Life> value) {
		return cut.stream().mapToLong(value).summaryStatistics();
	}

}
