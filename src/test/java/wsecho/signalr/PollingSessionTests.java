package wsecho.signalr;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import wsecho.handshake.SessionDefaults;
import wsecho.handshake.SessionDefaults.Limits;
import wsecho.handshake.SessionDefaults.Offers;
import wsecho.handshake.SessionTransport;
import wsecho.memory.MemoryBudget;
import wsecho.scenario.ReportSettings;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.Modifiers;
import wsecho.scenario.parameter.SessionParameters;
import wsecho.scenario.parameter.SignalrParameters;
import wsecho.websocket.HeldMemory;
import wsecho.websocket.OpenSession;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How long a connection lasts without a poll, in virtual time. */
class PollingSessionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Caps CAPS = new Caps(1000, Duration.ofDays(1), Duration.ofMinutes(1), DataSize.ofMegabytes(1),
			Duration.ofMinutes(10), Duration.ofMinutes(1), DataSize.ofMegabytes(1));

	private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();

	private final MemoryBudget budget = new MemoryBudget(1 << 20);

	private final Listener listener = new Listener();

	private final Tokens tokens = new Tokens(() -> "0000000a%032x".formatted(1), System::nanoTime, "pod");

	private final HubConnections connections = new HubConnections(this.tokens, System::nanoTime);

	private final ConnectionToken token = new ConnectionToken("0000000a%032x".formatted(2), System.nanoTime(),
			new NegotiationFacts(0, 1, 11, -1, -1, 2), "pod");

	private final PollingSession session = session();

	@AfterEach
	void nothingIsKept() {
		this.session.giveUp(SessionEnd.LOST);
		this.loop.advanceTimeBy(Duration.ofDays(1));
		assertThat(this.listener.ends).hasSize(1);
		assertThat(this.budget.used()).isZero();
		assertThatThrownBy(() -> this.connections.require(this.token)).hasMessage("The connection is over.");
	}

	@Test
	void clientThatNeverPollsIsGivenUp() {
		this.loop.advanceTimeBy(Duration.ofMillis(14_999));
		assertThat(this.listener.ends).isEmpty();
		this.loop.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.listener.ends).containsExactly(SessionEnd.SILENT.withoutCode());
	}

	@Test
	void clientThatDoesNotComeBackIsGivenUp() {
		this.loop.advanceTimeBy(Duration.ofSeconds(14));
		this.session.pollBegun();
		this.loop.advanceTimeBy(Duration.ofHours(1));
		this.session.pollEnded(this, 0);
		this.loop.advanceTimeBy(Duration.ofMillis(14_999));
		assertThat(this.listener.ends).isEmpty();
		this.loop.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.listener.ends).containsExactly(SessionEnd.SILENT.withoutCode());
	}

	@Test
	void oneOfTwoPollsIsEnough() {
		this.session.pollBegun();
		this.session.pollBegun();
		this.session.pollEnded(this, 0);
		this.loop.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.listener.ends).isEmpty();
	}

	@Test
	void deleteEndsItForTheClient() {
		this.session.delete();
		assertThat(this.listener.ends)
			.containsExactly(SessionEnd.without(SessionEnd.By.CLIENT, SessionEnd.How.BODY).withoutCode());
	}

	@Test
	void clientThatDoesNotFetchTheGoodbyeIsGivenUp() {
		this.session.pollBegun();
		this.session.goAway(CloseStatus.GOING_AWAY, Duration.ofSeconds(3));
		this.loop.advanceTimeBy(Duration.ofMillis(7_999));
		assertThat(this.listener.ends).isEmpty();
		this.loop.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.listener.ends).containsExactly(SessionEnd.OVERDUE.withoutCode());
	}

	// its request must not wait for a client that is gone
	@Test
	void postThatWaitsForRoomIsAnsweredAtTheEnd() {
		String echo = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[1]}\u001e";
		byte[] body = ("{\"protocol\":\"json\",\"version\":1}\u001e" + echo.repeat(3000))
			.getBytes(StandardCharsets.UTF_8);
		StepVerifier
			.create(this.session.post(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)), () -> "{}"))
			.expectSubscription()
			.then(() -> this.loop.advanceTimeBy(Duration.ofMillis(14_999)))
			.expectNoEvent(Duration.ofMillis(1))
			.then(() -> this.loop.advanceTimeBy(Duration.ofMillis(1)))
			.expectComplete()
			.verify(TIMEOUT);
	}

	private PollingSession session() {
		SessionParameters shared = new SessionParameters(null, null, Duration.ZERO, null, null, false, Duration.ZERO,
				SessionOptions.standard(Long.MAX_VALUE));
		SignalrParameters.Hub asked = new SignalrParameters.Hub(List.of(SessionTransport.SIGNALR_POLLING),
				Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(90), true, 1000, shared);
		SessionDefaults defaults = new SessionDefaults(Offers.OFF, new Limits(DataSize.ofBytes(0)));
		SignalrHub hub = new SignalrHub(new SignalrParameters(CAPS, new Modifiers(CAPS, defaults)), CAPS, this.tokens,
				this.connections, new ReportSettings(Set.of()));
		PollingSession session = new PollingSession(new Connecting(hub, this.token, asked), this.loop,
				new HeldMemory(this.budget), DefaultDataBufferFactory.sharedInstance, this.listener);
		this.connections.opened(this.token, session);
		session.open();
		return session;
	}

	private static final class Listener implements SessionListener {

		private final List<SessionEnd> ends = new ArrayList<>();

		private @Nullable OpenSession opened;

		@Override
		public String id() {
			return "id";
		}

		@Override
		public void opened(OpenSession session) {
			this.opened = session;
		}

		@Override
		public void pongReceived(long nanos) {
		}

		@Override
		public void ended(SessionEnd end) {
			assertThat(this.opened).isNotNull();
			this.ends.add(end);
		}

	}

}
