package wsecho.session;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.websocket.SessionEnd;

import static org.assertj.core.api.Assertions.assertThat;

/** When a client is pinged and when it is given up, by a clock that is driven by hand. */
class KeepAliveLogicTests {

	private static final Duration MS = Duration.ofMillis(1);

	private static final Duration TENTH = Duration.ofMillis(100);

	private FakeSession session;

	private KeepAlive keepAlive;

	private long start;

	@BeforeEach
	void watch() {
		watch(Duration.ofSeconds(10), Duration.ofSeconds(4));
	}

	private void watch(Duration interval, Duration timeout) {
		this.session = new FakeSession();
		this.start = this.session.nanoTime();
		this.keepAlive = new KeepAlive(this.session, interval, timeout, this.session::nanoTime);
		this.keepAlive.start();
	}

	@Test
	void silentClientIsPingedAfterTheInterval() {
		this.session.advance(Duration.ofMillis(9999));
		assertThat(pings()).isEmpty();
		this.session.advance(MS);
		assertThat(pings()).containsExactly(10_000L);
	}

	@Test
	void clientThatSaysSomethingIsNotPingedForAnInterval() {
		this.session.advance(Duration.ofSeconds(7));
		this.session.hear();
		this.session.advance(Duration.ofMillis(9999));
		assertThat(pings()).isEmpty();
		this.session.advance(MS);
		assertThat(pings()).containsExactly(17_000L);
	}

	@Test
	void silentClientIsGivenUpWhenTheTimeoutHasPassedSinceThePing() {
		this.session.advance(Duration.ofMillis(13_999));
		assertThat(this.session.end()).isNull();
		this.session.advance(Duration.ofMillis(2));
		assertThat(this.session.end()).isEqualTo(SessionEnd.SILENT);
		assertThat(pings()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1000, 1500, 2000, 25_000 })
	void idleClientThatAnswersIsPingedEveryInterval(long interval) {
		watch(Duration.ofMillis(interval), Duration.ofSeconds(20));
		for (int i = 1; i <= 10; i++) {
			this.session.advance(Duration.ofMillis(interval - (i == 1 ? 0 : 30)));
			assertThat(pings()).hasSize(i).endsWith(i * interval);
			this.session.advance(Duration.ofMillis(30));
			pong();
		}
		assertThat(this.session.end()).isNull();
	}

	@Test
	void pongSlowerThanTheIntervalIsWaitedForWithoutAnotherPing() {
		watch(Duration.ofSeconds(1), Duration.ofSeconds(20));
		this.session.advance(Duration.ofMillis(2500));
		assertThat(pings()).containsExactly(1000L);
		pong();
		this.session.advance(Duration.ofMillis(500));
		assertThat(pings()).containsExactly(1000L, 3000L);
	}

	@Test
	void whatIsHeardAfterThePongPutsOffTheNextPing() {
		this.session.advance(Duration.ofSeconds(10));
		pong();
		this.session.advance(Duration.ofSeconds(3));
		this.session.hear();
		this.session.advance(Duration.ofMillis(9999));
		assertThat(pings()).hasSize(1);
		this.session.advance(MS);
		assertThat(pings()).endsWith(23_000L);
	}

	@Test
	void whateverIsHeardAnswersThePing() {
		this.session.advance(Duration.ofSeconds(12));
		this.session.hear();
		this.session.advance(Duration.ofSeconds(9));
		assertThat(this.session.end()).isNull();
		assertThat(pings()).hasSize(1);
	}

	@Test
	void timeoutBeginsWhenThePingIsWritten() {
		this.session.writable(false);
		this.session.advance(Duration.ofSeconds(13));
		this.session.writable(true);
		this.session.advance(Duration.ofMillis(3999));
		assertThat(this.session.end()).isNull();
		this.session.advance(Duration.ofMillis(2));
		assertThat(this.session.end()).isEqualTo(SessionEnd.SILENT);
	}

	@Test
	void pingThatIsNeverWrittenIsWaitedForJustAsLong() {
		this.session.writable(false);
		this.session.advance(Duration.ofMillis(13_999));
		assertThat(this.session.end()).isNull();
		this.session.advance(Duration.ofMillis(2));
		assertThat(this.session.end()).isEqualTo(SessionEnd.SILENT);
	}

	@Test
	void slowReaderIsKeptAndItsPingsDoNotPileUp() {
		this.session.writable(false);
		for (int i = 0; i < 40; i++) {
			this.session.advance(Duration.ofSeconds(3));
			if (i % 4 == 3) {
				this.session.hear();
			}
		}
		assertThat(this.session.end()).isNull();
		assertThat(pings()).hasSize(1);
	}

	@Test
	void clientThatIsNotAwaitedIsNeitherPingedNorGivenUp() {
		this.session.advance(Duration.ofSeconds(11));
		this.session.await(false);
		this.session.advance(Duration.ofMinutes(10));
		assertThat(pings()).hasSize(1);
		assertThat(this.session.end()).isNull();
		this.session.await(true);
		this.session.advance(Duration.ofSeconds(10));
		assertThat(pings()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(longs = { 9000, 10_001, 12_000, 13_999 })
	void pauseOfTheProcessBeginsTheTimeoutAnew(long pausedAt) {
		this.session.advance(Duration.ofMillis(pausedAt));
		this.session.pause(Duration.ofMinutes(1));
		this.session.advance(Duration.ofMillis(3999));
		assertThat(this.session.end()).isNull();
		this.session.advance(Duration.ofMillis(2));
		assertThat(this.session.end()).isEqualTo(SessionEnd.SILENT);
	}

	@Test
	void clientIsKeptThatAnswersAfterAPause() {
		for (int i = 0; i < 20; i++) {
			this.session.advance(Duration.ofMillis(1700));
			this.session.pause(Duration.ofSeconds(6));
			this.session.advance(TENTH);
			pong();
		}
		assertThat(this.session.end()).isNull();
	}

	@Test
	void whatWaitsToBeReadIsReadFirst() {
		this.session.advance(Duration.ofSeconds(14).minusNanos(1));
		// in the same turn as the timer, and after it
		this.session.schedule(() -> this.session.schedule(this.session::hear, Duration.ZERO), Duration.ofNanos(1));
		this.session.advance(Duration.ofSeconds(1));
		assertThat(this.session.end()).isNull();
	}

	@Test
	void nothingIsPlannedAfterTheEnd() {
		assertThat(this.session.timers()).isEqualTo(1);
		this.session.advance(Duration.ofSeconds(10));
		this.session.hear();
		this.keepAlive.pongReceived();
		assertThat(this.session.timers()).isEqualTo(1);
		this.keepAlive.stop();
		assertThat(this.session.timers()).isZero();
	}

	@Test
	void intervalOfZeroNeedsNoTimer() {
		FakeSession unwatched = new FakeSession();
		KeepAliveSettings settings = new KeepAliveSettings(Duration.ofSeconds(1), Duration.ofSeconds(1));
		assertThat(settings.watch(unwatched, Duration.ZERO)).isNull();
		assertThat(unwatched.timers()).isZero();
		assertThat(settings.watch(unwatched, null)).isNotNull();
		assertThat(unwatched.timers()).isEqualTo(1);
	}

	// a pong is told once the read that brought it was heard
	private void pong() {
		this.session.hear();
		this.keepAlive.pongReceived();
	}

	private List<Long> pings() {
		return this.session.pings().stream().map((time) -> Duration.ofNanos(time - this.start).toMillis()).toList();
	}

}
