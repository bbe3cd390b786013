package wsecho.signalr;

import java.time.Duration;
import java.util.function.Supplier;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import wsecho.handshake.SessionTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a token may become, and when. */
class HubConnectionsTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private long nanos = Long.MAX_VALUE - 5 * SECOND;

	private int ids;

	private final Tokens tokens = new Tokens(() -> "0000000a%032x".formatted(this.ids++), () -> this.nanos, "pod");

	private final HubConnections connections = new HubConnections(this.tokens, () -> this.nanos);

	@Test
	void tokenMayBeConnectedWithForFifteenSeconds() {
		ConnectionToken token = token();
		this.nanos += 15 * SECOND;
		this.connections.requireNew(token, SessionTransport.SIGNALR_WEBSOCKET);
		this.nanos++;
		assertRefused(() -> this.connections.requireNew(token, SessionTransport.SIGNALR_WEBSOCKET), 404,
				"negotiated longer than 15 s ago");
		assertRefused(() -> this.connections.require(token), 404, "negotiated longer than 15 s ago");
	}

	@Test
	void connectionIsForgottenAsAskedFor() {
		String text = this.tokens.write(token());
		this.connections.read(text, null);
		this.connections.read(text, Duration.ofSeconds(20));
		this.nanos += 20 * SECOND - 1;
		this.connections.read(text, Duration.ofSeconds(20));
		this.nanos++;
		assertRefused(() -> this.connections.read(text, Duration.ofSeconds(20)), 404, "(forget)");
	}

	@Test
	void openOneIsRefusedToOthersHoweverOldItIs() {
		ConnectionToken token = token();
		this.connections.opened(token, transport(SessionTransport.SIGNALR_EVENTS));
		this.nanos += 3600 * SECOND;
		assertRefused(() -> this.connections.requireNew(token, SessionTransport.SIGNALR_EVENTS), 409, null);
		assertRefused(() -> this.connections.requireNew(token, SessionTransport.SIGNALR_WEBSOCKET), 400,
				"Cannot change transports");
	}

	// both have been found to be new
	@Test
	void secondOfTwoAtOnceIsRefusedAndDoesNotEndTheFirst() {
		ConnectionToken token = token();
		HubTransport first = transport(SessionTransport.SIGNALR_WEBSOCKET);
		HubTransport second = transport(SessionTransport.SIGNALR_WEBSOCKET);
		this.connections.opened(token, first);
		assertRefused(() -> this.connections.opened(token, second), 409, null);
		this.connections.ended(token, second);
		assertThat(this.connections.require(token)).isSameAs(first);
		this.connections.ended(token, first);
		assertRefused(() -> this.connections.opened(token, second), 404, "The connection is over.");
		assertRefused(() -> this.connections.require(token), 404, "The connection is over.");
	}

	private ConnectionToken token() {
		return new ConnectionToken("0000000a%032x".formatted(this.ids++), this.nanos,
				new NegotiationFacts(0, 1, 11, -1, -1, 2), "pod");
	}

	private static void assertRefused(ThrowingCallable call, int status, @Nullable String detail) {
		assertThatExceptionOfType(SignalrRefusal.class).isThrownBy(call)
			.satisfies((refusal) -> assertThat(refusal.status()).isEqualTo(status))
			.extracting(SignalrRefusal::getMessage, InstanceOfAssertFactories.STRING)
			.contains((detail != null) ? detail : "");
	}

	private static HubTransport transport(SessionTransport kind) {
		return new HubTransport() {

			@Override
			public SessionTransport kind() {
				return kind;
			}

			@Override
			public Mono<Void> post(Flux<DataBuffer> body, Supplier<String> report) {
				return Mono.empty();
			}

		};
	}

}
