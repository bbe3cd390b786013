package wsecho.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import wsecho.memory.MemoryBudget;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A client that does not read holds little, and a long body is never held. */
@RunningService
class HttpBackpressureTests {

	/** In bytes: what one session may hold, with its connection. */
	private static final long BOUND = 1 << 20;

	/** In bytes: more than the kernel's buffers take, in both directions. */
	private static final long UNREAD = 64L << 20;

	private static final int BODY = 64 << 20;

	private static final byte[] PIECE = new byte[64 * 1024];

	@LocalServerPort
	private int port;

	@Autowired
	private MemoryBudget memory;

	@Test
	void eventsThatAreNotReadAreNotMade() throws Exception {
		try (HttpExchange client = HttpExchange.open(Transport.HTTP_1_1, this.port, "GET",
				"/events?every=1ms&size=1MB")) {
			assertThat(client.status()).isEqualTo(200);
			await().until(() -> this.memory.used() > PIECE.length);
			assertThat(this.memory.used()).isLessThan(BOUND);
		}
		await().until(() -> this.memory.used() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void eventThatIsTakenIsNotHeld(Transport transport) throws Exception {
		try (HttpExchange client = HttpExchange.open(transport, this.port, "GET", "/events?every=1h&size=1MB")) {
			client.read(1 << 20);
			await().until(() -> this.memory.used() < PIECE.length);
		}
	}

	// each piece waits for the one before to be taken
	@ParameterizedTest
	@EnumSource
	void eventsFlowWhileMemoryIsTight(Transport transport) throws Exception {
		try (HttpExchange client = HttpExchange.open(transport, this.port, "GET",
				"/events?every=1ms&size=1MB&count=3")) {
			long others = this.memory.forNewcomers();
			this.memory.draw(others);
			try {
				assertThat(client.readBody()).contains("id: 3\n").endsWith(" \n\n");
			}
			finally {
				this.memory.giveBack(others);
			}
		}
	}

	@Test
	void echoThatIsNotReadIsNotReadFrom() throws Exception {
		try (HttpExchange client = HttpExchange.begin(Transport.HTTP_1_1, this.port, "POST", "/echo")) {
			AtomicLong sent = new AtomicLong();
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, UNREAD, sent));
			await().until(() -> this.memory.used() > PIECE.length);
			long before = -1;
			while (before != sent.get()) {
				before = sent.get();
				await().pollDelay(Duration.ofMillis(300)).until(() -> true);
			}
			assertThat(sent).hasValueLessThan(UNREAD);
			assertThat(this.memory.used()).isLessThan(BOUND);
			client.reset();
			sending.exceptionally((failure) -> null).join();
		}
		await().until(() -> this.memory.used() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void longBodyIsNeverHeld(Transport transport) throws Exception {
		try (HttpExchange client = HttpExchange.begin(transport, this.port, "POST", "/echo")) {
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, BODY, new AtomicLong()));
			client.awaitHead();
			for (int i = 0; i < BODY / PIECE.length; i++) {
				assertThat(Arrays.equals(client.read(PIECE.length), PIECE)).isTrue();
				assertThat(this.memory.used()).isLessThan(BOUND);
			}
			sending.join();
			assertThat(client.readBody()).isEmpty();
		}
	}

	private static void send(HttpExchange client, long length, AtomicLong sent) {
		try {
			while (sent.get() < length) {
				client.send(PIECE);
				sent.addAndGet(PIECE.length);
			}
			client.endRequest();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
