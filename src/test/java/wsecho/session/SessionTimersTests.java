package wsecho.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.socket.CloseStatus;
import wsecho.handshake.SessionTransport;
import wsecho.websocket.SessionOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** What is planned for a session, and that it ends with it. */
class SessionTimersTests {

	private static final KeepAliveSettings KEEP_ALIVE = new KeepAliveSettings(Duration.ofSeconds(25),
			Duration.ofSeconds(20));

	private final FakeSession channel = new FakeSession();

	@Test
	void sessionThatIsTooOldIsClosedAndItsRepliesAreWaitedFor() {
		open(Duration.ofMinutes(10), Duration.ofSeconds(2));
		this.channel.hear();
		advance(Duration.ofMinutes(9).minusSeconds(1));
		assertThat(this.channel.goneAfter()).isNull();
		advance(Duration.ofMinutes(1).plusSeconds(1));
		assertThat(this.channel.goneAfter()).isEqualTo(3000);
	}

	@Test
	void drainTakesThePlaceOfTheAge() {
		Session session = open(Duration.ofMinutes(10), Duration.ofSeconds(2));
		int before = this.channel.timers();
		session.goAway(CloseStatus.GOING_AWAY, Duration.ofSeconds(5), Duration.ofSeconds(1));
		assertThat(this.channel.timers()).isEqualTo(before);
		this.channel.advance(Duration.ofMillis(4999));
		assertThat(this.channel.goneAfter()).isNull();
		this.channel.advance(Duration.ofMillis(1));
		assertThat(this.channel.goneAfter()).isEqualTo(1000);
	}

	@Test
	void ageIsUpToATenthLessAtRandom() {
		AgeLimit limit = new AgeLimit(Duration.ofSeconds(100));
		assertThat(Stream.generate(limit::jittered).limit(1000))
			.allMatch((age) -> age.toMillis() >= 90_000 && age.toMillis() <= 100_000)
			.doesNotHaveDuplicates();
	}

	// the client sends something now and then, so that it is not given up
	private void advance(Duration time) {
		for (long second = 0; second < time.toSeconds(); second++) {
			this.channel.advance(Duration.ofSeconds(1));
			this.channel.hear();
		}
	}

	private Session open(Duration age, Duration hold) {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		OpenSessions sessions = new OpenSessions(new SessionIds(), new Ledger(System::nanoTime), KEEP_ALIVE,
				new AgeLimit(age), new SessionMetrics(meters));
		SessionOptions standard = SessionOptions.standard(Long.MAX_VALUE);
		SessionOptions options = new SessionOptions(standard.messageLimit(), Duration.ZERO, Set.of(), standard.end(),
				hold);
		Session session = Objects.requireNonNull(sessions.add(null,
				new SessionFacts(SessionTransport.WEBSOCKET, "/websocket", null, "1.1", null, Instant.now()), options,
				() -> {
				}));
		session.opened(this.channel);
		return session;
	}

}
