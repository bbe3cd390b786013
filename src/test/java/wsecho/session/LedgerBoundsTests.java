package wsecho.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import wsecho.websocket.SessionEnd;

import static org.assertj.core.api.Assertions.assertThat;

/** How much the ledger keeps. */
class LedgerBoundsTests {

	private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

	@Test
	void mostRecentTenThousandAreKept() {
		Ledger ledger = new Ledger(Clock.fixed(NOW, ZoneOffset.UTC));
		for (int i = 0; i < 10_002; i++) {
			ledger.add(ended(i, NOW));
		}
		assertThat(ledger.size()).isEqualTo(10_000);
		assertThat(ledger.find(id(1))).isNull();
		assertThat(ledger.find(id(2))).isNotNull();
		assertThat(ledger.list(1, 2)).extracting(EndedSession::id).isEqualTo(List.of(id(10_000), id(9_999)));
	}

	@Test
	void noneIsKeptForMoreThanAnHour() {
		Ledger ledger = new Ledger(Clock.fixed(NOW, ZoneOffset.UTC));
		ledger.add(ended(1, NOW.minus(Duration.ofMinutes(61))));
		ledger.add(ended(2, NOW.minus(Duration.ofMinutes(59))));
		assertThat(ledger.find(id(1))).isNull();
		assertThat(ledger.find(id(2))).isNotNull();
		assertThat(ledger.size()).isEqualTo(1);
	}

	private static EndedSession ended(int number, Instant end) {
		SessionFacts facts = new SessionFacts("/websocket", null, "2", null, end);
		return new EndedSession(id(number), facts, Totals.NONE, end, SessionEnd.LOST);
	}

	private static SessionId id(int number) {
		return new SessionId(0, 0, number);
	}

}
