package wsecho.http;

import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.OpenChannels;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import wsecho.memory.MemoryBudget;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that vanish, wherever they are: nothing of them stays, and nothing is said. */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class HttpDisconnectTests {

	private static final int CLIENTS = 10;

	@LocalServerPort
	private int port;

	@Autowired
	private OpenChannels open;

	@Autowired
	private MemoryBudget memory;

	static Stream<Arguments> ways() {
		return Stream.of(Transport.values())
			.flatMap((transport) -> Stream
				.of("/events?every=1h", "/events?every=1ms", "/events?every=1ms&size=1MB", "/events?every=1ms&delay=1m",
						"/events?count=1&end=silence", "/hold/1h", "/echo", "/request")
				.flatMap((target) -> Stream.of(true, false).map((reset) -> Arguments.of(transport, target, reset))));
	}

	@ParameterizedTest(name = "{0} {1}, reset: {2}")
	@MethodSource("ways")
	void vanishedClientLeavesNothing(Transport transport, String target, boolean reset, CapturedOutput output)
			throws Exception {
		int length = output.getAll().length();
		for (int i = 0; i < CLIENTS; i++) {
			boolean upload = !target.startsWith("/events") && !target.startsWith("/hold");
			try (HttpExchange client = HttpExchange.begin(transport, this.port, upload ? "POST" : "GET", target)) {
				if (upload && i % 4 != 1) {
					client.send(new byte[20_000]);
				}
				if (i % 2 == 0 && (target.startsWith("/events") || target.equals("/echo"))) {
					client.awaitHead().read(5);
				}
				if (reset) {
					client.reset();
				}
			}
		}
		await().untilAsserted(() -> {
			assertThat(this.open.count()).isZero();
			assertThat(this.memory.used()).isZero();
		});
		assertThat(output.getAll().substring(length)).doesNotContain("WARN", "ERROR", "Exception");
	}

}
