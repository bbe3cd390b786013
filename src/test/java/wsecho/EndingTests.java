package wsecho;

import java.io.IOException;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who ended a session, and how. */
@RunningService
class EndingTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	static Stream<Arguments> ways() {
		return Stream.of(Transport.values())
			.flatMap((transport) -> Stream.of(Way.values()).map((way) -> Arguments.of(transport, way)));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void endingIsToldApart(Transport transport, Way way) throws Exception {
		double before = count(way);
		try (RawSocket client = transport.open(this.port, "/websocket")) {
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
			way.end(client);
		}
		await().untilAsserted(() -> assertThat(count(way)).isEqualTo(before + 1));
	}

	private double count(Way way) {
		return this.meters.counter("wsecho.sessions.closed", "by", way.by, "code", way.code).count();
	}

	/** How a session ends. */
	enum Way {

		CLIENT_CLOSES("client", "1000") {
			@Override
			void end(RawSocket client) throws IOException {
				client.sendFrame(0x88, new byte[] { 3, (byte) 0xe8 });
				assertThat(client.readFrame()).isEqualTo("88:03e8");
			}
		},

		CLIENT_CLOSES_WITHOUT_CODE("client", "1005") {
			@Override
			void end(RawSocket client) throws IOException {
				client.sendFrame(0x88, new byte[0]);
				assertThat(client.readFrame()).isEqualTo("88:");
			}
		},

		SERVER_CLOSES("server", "1002") {
			@Override
			void end(RawSocket client) throws IOException {
				client.sendFrame(0x83, new byte[0]);
				assertThat(client.readFrame()).startsWith("88:03ea");
			}
		},

		FIN("client", "1006") {
			@Override
			void end(RawSocket client) throws IOException {
				client.endOutput();
				assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
			}
		},

		RST("network", "1006") {
			@Override
			void end(RawSocket client) throws IOException {
				client.reset();
			}
		};

		private final String by;

		private final String code;

		Way(String by, String code) {
			this.by = by;
			this.code = code;
		}

		abstract void end(RawSocket client) throws IOException;

	}

}
