package wsecho.signalr.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.HeldMemory;

import static org.assertj.core.api.Assertions.assertThat;

/** When a client is pinged, and when it is given up, in virtual time. */
class SignsOfLifeTests {

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();

	private final Timers timers = new Timers(this.loop);

	private final Outbox outbox = new Outbox(new HeldMemory(new MemoryBudget(1 << 20)), this.timers, () -> {
	});

	/** What has been done, in which second. */
	private final List<String> done = new ArrayList<>();

	@AfterEach
	void stop() {
		this.timers.stop();
		int before = this.done.size();
		this.loop.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.done).hasSize(before);
	}

	@Test
	void clientThatIsSentNothingIsPingedFromItsHandshakeOn() {
		SignsOfLife signs = signs(KEEP_ALIVE, TIMEOUT);
		seconds(10);
		signs.start();
		seconds(45);
		assertThat(this.done).containsExactly("ping 25", "ping 40", "ping 55");
	}

	@Test
	void whatIsSentPutsThePingOff() {
		signs(KEEP_ALIVE, TIMEOUT).start();
		seconds(10);
		this.outbox.add(new byte[1]);
		seconds(14);
		assertThat(this.done).isEmpty();
		seconds(1);
		assertThat(this.done).containsExactly("ping 25");
	}

	@Test
	void noPingsAreSentIfNoneAreWanted() {
		signs(Duration.ZERO, TIMEOUT).start();
		seconds(3600);
		assertThat(this.done).isEmpty();
	}

	@Test
	void clientThatHasNeverPingedMayBeSilent() {
		SignsOfLife signs = signs(Duration.ZERO, TIMEOUT);
		signs.start();
		signs.heard();
		seconds(3600);
		assertThat(this.done).isEmpty();
	}

	@Test
	void clientThatHasPingedIsGivenUpOnceItIsSilent() {
		SignsOfLife signs = signs(Duration.ZERO, TIMEOUT);
		signs.start();
		seconds(5);
		signs.heard();
		signs.pinged();
		seconds(20);
		signs.heard();
		seconds(29);
		assertThat(this.done).isEmpty();
		seconds(1);
		assertThat(this.done).containsExactly("silent 55");
	}

	@Test
	void clientThatHasPingedMayBeSilentIfThereIsNoLimit() {
		SignsOfLife signs = signs(Duration.ZERO, Duration.ZERO);
		signs.start();
		signs.pinged();
		seconds(3600);
		assertThat(this.done).isEmpty();
	}

	// the client is heard while it is pinged, and the other way round
	@Test
	void theOneHasNothingToDoWithTheOther() {
		SignsOfLife signs = signs(KEEP_ALIVE, TIMEOUT);
		signs.start();
		signs.heard();
		signs.pinged();
		seconds(14);
		signs.heard();
		seconds(1);
		assertThat(this.done).containsExactly("ping 15");
		seconds(29);
		assertThat(this.done).containsExactly("ping 15", "ping 30", "silent 44");
	}

	private SignsOfLife signs(Duration keepAlive, Duration clientTimeout) {
		HubOptions options = new HubOptions(keepAlive, clientTimeout, true, 0, null, null, true);
		return new SignsOfLife(this.timers, options, this.outbox, () -> note("ping"), () -> note("silent"));
	}

	private void seconds(int seconds) {
		this.loop.advanceTimeBy(Duration.ofSeconds(seconds));
	}

	private void note(String what) {
		this.done.add(what + " " + Duration.ofNanos(this.timers.now()).toSeconds());
	}

}
