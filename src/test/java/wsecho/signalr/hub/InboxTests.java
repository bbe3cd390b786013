package wsecho.signalr.hub;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import wsecho.memory.MemoryBudget;
import wsecho.signalr.protocol.ProtocolException;
import wsecho.websocket.HeldMemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What has come and waits. */
class InboxTests {

	private final MemoryBudget budget = new MemoryBudget(1 << 20);

	private final Inbox inbox = new Inbox(new HeldMemory(this.budget));

	private int rooms;

	@Test
	void whatIsNotDealtWithIsDrawnOfTheBudget() throws Exception {
		feed("a\u001ebc");
		this.inbox.account();
		assertThat(this.budget.used()).isEqualTo(4);
		assertThat(this.inbox.next()).asString(StandardCharsets.US_ASCII).isEqualTo("a");
		assertThat(this.inbox.next()).isNull();
		this.inbox.account();
		assertThat(this.budget.used()).isEqualTo(2);
		feed("\u001e");
		assertThat(this.inbox.next()).asString(StandardCharsets.US_ASCII).isEqualTo("bc");
		this.inbox.account();
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void thereIsRoomFor64Kibibytes() {
		feed("x".repeat(64 * 1024));
		assertThat(this.inbox.hasRoom()).isTrue();
		feed("x");
		assertThat(this.inbox.hasRoom()).isFalse();
	}

	@Test
	void whoWaitsForRoomIsToldOnce() {
		this.inbox.whenRoom(() -> this.rooms++);
		assertThat(this.rooms).isZero();
		this.inbox.takeMore();
		this.inbox.takeMore();
		assertThat(this.rooms).isEqualTo(1);
	}

	@Test
	void recordMayHave32KibibytesWithItsSeparator() throws Exception {
		feed("x".repeat(32 * 1024 - 1) + "\u001e");
		assertThat(this.inbox.next()).hasSize(32 * 1024 - 1);
		feed("x".repeat(32 * 1024) + "\u001e");
		assertThatThrownBy(this.inbox::next).isInstanceOf(ProtocolException.class).hasMessageContaining("32768B");
	}

	private void feed(String text) {
		this.inbox.feed(text.getBytes(StandardCharsets.US_ASCII));
	}

}
