package wsecho.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import wsecho.fixture.Browser;
import wsecho.fixture.Http2Connection;
import wsecho.fixture.Http2Stream;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.SelfSigned;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** The same sessions with TLS: over HTTP/1.1, and over HTTP/2 as ALPN selects it. */
@RunningService
@Import(TlsTests.Versions.class)
@ExtendWith(OutputCaptureExtension.class)
class TlsTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	static Path directory;

	@LocalServerPort
	private int port;

	@Autowired
	private Versions versions;

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry properties) throws Exception {
		SelfSigned.configure(properties, directory.resolve("wsecho.p12"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void abortIsAReset(boolean http2) throws Exception {
		String path = "/websocket?messages=1&end=abort";
		try (RawSocket client = http2 ? openHttp2(path) : RawSocket.openTls(this.port, path)) {
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
			assertThatIOException().isThrownBy(client::readFrame).withMessageContaining("reset");
		}
	}

	@Test
	void brokenHttp2IsNotLogged(CapturedOutput output) throws Exception {
		try (RawSocket client = RawSocket.connectTls(this.port, "h2")) {
			client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "x".repeat(24));
			assertThat(client.readToEnd()).asHexString().containsPattern(Http2Tests.GOAWAY);
		}
		assertThat(output).doesNotContain("WARN", "ERROR", "\tat ");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void sessionIsTheSame(boolean http2) throws Exception {
		try (RawSocket client = http2 ? openHttp2("/websocket") : RawSocket.openTls(this.port, "/websocket")) {
			assertThat(client.sendFrame(0x01, new byte[] { 'a' }).readFrame()).isEqualTo("01:61");
			assertThat(client.sendFrame(0x80, new byte[] { 'b' }).readFrame()).isEqualTo("80:62");
			assertThat(client.sendFrame(0x82, new byte[100_000]).readFrame()).startsWith("02:00");
			String last = client.readFrame();
			while (!last.startsWith("80:")) {
				last = client.readFrame();
			}
			assertThat(client.sendFrame(0x88, new byte[] { 3, (byte) 0xe8 }).readFrame()).isEqualTo("88:03e8");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
		assertThat(this.versions.seen.get("/websocket")).isEqualTo(http2 ? "HTTP/2.0" : "HTTP/1.1");
	}

	@Test
	void descriptionOfThePathsNamesTlsAlone() throws Exception {
		try (RawSocket client = RawSocket.connectTls(this.port, "http/1.1")) {
			assertThat(client.send("GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n").readResponse())
				.contains("\"protocol\":\"wss\"")
				.doesNotContain("\"protocol\":\"ws\"");
		}
	}

	@Test
	void violationIsToldAndTheEndIsClean() throws Exception {
		try (RawSocket client = RawSocket.openTls(this.port, "/websocket")) {
			assertThat(client.sendFrame(0x83, new byte[0]).readFrame()).startsWith("88:03ea");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	// over HTTP/1.1 the client ends its direction with close_notify (RFC 8446, 6.1)
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closeIsAnsweredAfterTheReplyWhenTheClientHasEnded(boolean http2) throws Exception {
		String path = "/websocket?delay=500ms";
		try (RawSocket client = http2 ? openHttp2(path) : RawSocket.openTls(this.port, path)) {
			client.sendFrame(0x81, new byte[] { 'a' }).sendFrame(0x88, new byte[] { 3, (byte) 0xe8 }).endOutput();
			assertThat(client.readFrame()).isEqualTo("81:61");
			assertThat(client.readFrame()).isEqualTo("88:03e8");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/websocket", "/websocket?delay=200ms" })
	void messageIsAnsweredAfterCloseNotify(String path) throws Exception {
		try (RawSocket client = RawSocket.openTls(this.port, path)) {
			client.sendFrame(0x81, new byte[] { 'a' }).endOutput();
			assertThat(client.readFrame()).isEqualTo("81:61");
			assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
		}
	}

	@Test
	void browserTakesHttp2() {
		List<String> closed = new ArrayList<>();
		try (Browser chromium = Browser.start();
				Page page = chromium.browser().newPage(new NewPageOptions().setIgnoreHTTPSErrors(true))) {
			page.onWebSocket((socket) -> socket.onClose((end) -> closed.add(socket.url())));
			page.navigate("https://localhost:" + this.port + "/");
			assertThat(page.getByRole(AriaRole.LOG).getByRole(AriaRole.LISTITEM))
				.hasText(new String[] { "CONNECTED (subprotocol: echo)", "SENT: WebSocket rocks",
						"RESPONSE: WebSocket rocks", "DISCONNECTED (1000 Closing, clean)" });
			page.waitForCondition(
					() -> closed.contains("wss://localhost:" + this.port + "/websocket?messages=1&fragment=6"));
		}
		assertThat(this.versions.seen).containsEntry("/", "HTTP/2.0").containsEntry("/websocket", "HTTP/2.0");
	}

	private RawSocket openHttp2(String path) throws Exception {
		SslContext tls = SslContextBuilder.forClient()
			.trustManager(InsecureTrustManagerFactory.INSTANCE)
			.applicationProtocolConfig(
					new ApplicationProtocolConfig(Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE,
							SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2))
			.build();
		Http2Connection connection = new Http2Connection(this.port, tls);
		return RawSocket.open(connection, Http2Stream.handshake(path).scheme("https"));
	}

	/** The version of HTTP in which each path was last asked for. */
	static class Versions implements WebFilter {

		private final Map<String, String> seen = new ConcurrentHashMap<>();

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
			HttpVersion version = request.version();
			this.seen.put(exchange.getRequest().getPath().value(), version.text());
			return chain.filter(exchange);
		}

	}

}
