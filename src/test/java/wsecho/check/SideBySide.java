package wsecho.check;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import wsecho.check.Relay.Fault;
import wsecho.check.table.Verdict;

/**
 * Checks through relays, which run at once.
 *
 * @param server what is behind them
 * @param idle how long sessions are left idle
 * @param cases one for each relay
 */
record SideBySide(int server, String idle, AtOnce cases) {

	SideBySide(int server, String idle) {
		this(server, idle, new AtOnce());
	}

	SideBySide says(Fault fault, String id, Verdict verdict, String text) {
		this.cases.with(fault + " " + id, () -> through(fault, id).says(id, verdict, text));
		return this;
	}

	SideBySide passes(Fault fault, String... ids) {
		this.cases.with(fault + " " + String.join(", ", ids), () -> through(fault, ids).restPasses());
		return this;
	}

	private Checked through(Fault fault, String... ids) throws Exception {
		try (Relay relay = new Relay(this.server, fault)) {
			return Checked.at(relay.port(), this.idle, ids);
		}
	}

	Stream<DynamicTest> tests() {
		return this.cases.tests();
	}

}
