package wsecho.handshake;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpCookie;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/** What a handler knows of the request while its session is open. */
@RunningService
class RequestInfoTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource
	void handlerSeesFieldsAndCookies(Transport transport) throws Exception {
		try (RawSocket client = transport.open(this.port, "/seen?q", "X-Twice: one", "x-twice: two",
				"Cookie: a=1; b=2")) {
			client.sendFrame(0x81, new byte[] { '?' });
			assertThat(client.readFrame()).isEqualTo("81:" + hex("[one, two] [1] [2] q"));
		}
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		SimpleUrlHandlerMapping handlers() {
			return new SimpleUrlHandlerMapping(Map.of("/seen", (WebSocketHandler) Handlers::tell), -2);
		}

		// after the upgrade, when the request is gone
		private static Mono<Void> tell(WebSocketSession session) {
			return session.send(session.receive().map((any) -> session.textMessage(seen(session.getHandshakeInfo()))));
		}

		private static String seen(HandshakeInfo info) {
			return "%s %s %s %s".formatted(info.getHeaders().get("X-Twice"), values(info, "a"), values(info, "b"),
					info.getUri().getQuery());
		}

		private static List<String> values(HandshakeInfo info, String name) {
			return info.getCookies().getOrDefault(name, List.of()).stream().map(HttpCookie::getValue).toList();
		}

	}

}
