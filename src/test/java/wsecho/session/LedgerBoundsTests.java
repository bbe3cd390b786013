package wsecho.session;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import wsecho.handshake.SessionTransport;
import wsecho.websocket.SessionEnd;

import static org.assertj.core.api.Assertions.assertThat;

/** How much the ledger keeps. */
class LedgerBoundsTests {

	private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

	private long nanos;

	private final Ledger ledger = new Ledger(() -> this.nanos);

	@Test
	void mostRecentTenThousandAreKept() {
		for (int i = 0; i < 10_002; i++) {
			this.ledger.add(ended(i, NOW));
		}
		assertThat(this.ledger.size()).isEqualTo(10_000);
		assertThat(this.ledger.find(id(1))).isNull();
		assertThat(this.ledger.find(id(2))).isNotNull();
		assertThat(this.ledger.list(1, 2)).extracting(EndedSession::id).isEqualTo(List.of(id(10_000), id(9_999)));
	}

	@Test
	void noneIsKeptForMoreThanAnHour() {
		this.ledger.add(ended(1, NOW));
		this.nanos += Duration.ofMinutes(2).toNanos();
		this.ledger.add(ended(2, NOW));
		this.nanos += Duration.ofMinutes(59).toNanos();
		assertThat(this.ledger.find(id(1))).isNull();
		assertThat(this.ledger.find(id(2))).isNotNull();
		assertThat(this.ledger.size()).isEqualTo(1);
	}

	@Test
	void stepOfTheWallClockForgetsNothing() {
		this.ledger.add(ended(1, NOW.minus(Duration.ofDays(365))));
		this.ledger.add(ended(2, NOW.plus(Duration.ofDays(365))));
		assertThat(this.ledger.list(0, 10)).extracting(EndedSession::id).containsExactly(id(2), id(1));
		this.nanos += Duration.ofMinutes(61).toNanos();
		assertThat(this.ledger.size()).isZero();
	}

	@Test
	void ofLongTextsTheBeginningIsKept() {
		SessionFacts facts = new SessionFacts(SessionTransport.WEBSOCKET, "/websocket;" + "A".repeat(3800), null, "2",
				"b".repeat(3800), NOW);
		assertThat(facts.path()).hasSize(201).startsWith("/websocket;AA").endsWith("A…");
		assertThat(facts.subprotocol()).hasSize(101);
		assertThat(facts.plainPath()).isEqualTo("/websocket");
	}

	@Test
	void addressOfIpv6IsShort() throws Exception {
		InetAddress address = InetAddress.getByName("2001:db8:0:0:0:0:0:7");
		assertThat(new SessionFacts(SessionTransport.WEBSOCKET, "/websocket", address, "2", null, NOW).remoteAddress())
			.isEqualTo("2001:db8::7");
	}

	private static EndedSession ended(int number, Instant end) {
		SessionFacts facts = new SessionFacts(SessionTransport.WEBSOCKET, "/websocket", null, "2", null, end);
		return new EndedSession(id(number), facts, Totals.NONE, WireTraffic.NONE, end, SessionEnd.LOST);
	}

	private static SessionId id(int number) {
		return new SessionId(0, 0, number);
	}

}
