package wsecho.check.script;

import java.util.List;

import org.junit.jupiter.api.Test;
import wsecho.check.script.Together.Life;
import wsecho.check.table.Facts;

import static org.assertj.core.api.Assertions.assertThat;

class LivesTests {

	@Test
	void oneWhoseServerWasFoundSpeaksForThem() {
		assertThat(facts(cut(0, 5, 3000, "elsewhere"), cut(1000, 5, 3000, "found")).get("server.state"))
			.isEqualTo("found");
	}

	// a busy machine opens them later than they were to be
	@Test
	void thatTheyEndedAtOnceIsTakenFromWhenTheyOpened() {
		Facts facts = facts(cut(0, 700, 4300, "found"), cut(1400, 100, 3500, "found"));
		assertThat(facts.get("lives.spread")).isEqualTo(800L);
		assertThat(facts.get("lives.end.spread")).isEqualTo(0L);
	}

	private static Facts facts(Life... lives) {
		Facts facts = new Facts();
		new Lives(List.of(lives)).addTo(facts);
		return facts;
	}

	private static Life cut(long began, long opening, long after, String state) {
		return new Life(began,
				new Facts().put("open.ok", true)
					.put("open.ms", opening)
					.put("end.how", "drop")
					.put("end.after", after)
					.put("server.state", state));
	}

}
