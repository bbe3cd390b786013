package wsecho.check;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.client.Route;
import wsecho.check.client.Target;
import wsecho.check.client.ViaProxy;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** The check through forward proxies, and which of them is taken. */
@RunningService
class ViaProxyTests {

	private static final String LOGIN = "user:p%40ss-word@";

	@LocalServerPort
	private int server;

	@Test
	void allPassesThroughATunnel() throws Exception {
		try (Tunnels proxy = new Tunnels("200 OK")) {
			Checked.at(route(LOGIN + "localhost:" + proxy.port()), "3s")
				.says("connection", Verdict.PASS,
						"Connected in \\d+ ms through the proxy http://localhost:" + proxy.port() + "\\.")
				.says("addresses", Verdict.NOT_RUN, "The proxy looks the name up: [^\n]*")
				.restPasses("connection", "addresses", "tls");
			assertThat(proxy.requests()).isNotEmpty()
				.allSatisfy(
						(request) -> assertThat(request).startsWith("CONNECT localhost:" + this.server + " HTTP/1.1")
							.containsIgnoringCase("proxy-authorization: Basic dXNlcjpwQHNzLXdvcmQ="));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					407 Proxy Authentication Required | asks for a login, 407: .*
					403 Forbidden                     | forbids a tunnel to localhost port \\d+, 403\\.
					503 Service Unavailable           | got no connection to localhost port \\d+: it answers 503\\.
					405 Method Not Allowed            | does not make a tunnel to localhost port \\d+: it answers CONNECT with 405\\.
					""")
	void aRefusalNamesTheProxy(String status, String text) throws Exception {
		try (Tunnels proxy = new Tunnels(status)) {
			Checked.at(route("localhost:" + proxy.port()), "3s")
				.says("connection", Verdict.FAILED, "The proxy http://localhost:" + proxy.port() + " " + text);
		}
	}

	@Test
	void aProxyThatIsNotThereIsNamed() throws Exception {
		int port = Proxy.freePort();
		Checked.at(route("localhost:" + port), "3s")
			.says("connection", Verdict.FAILED,
					"The proxy http://localhost:" + port + " cannot be reached: Connection refused[^\n]*");
	}

	@Test
	void allPassesThroughSquid(@TempDir Path directory) throws Exception {
		int port = Proxy.freePort();
		Process squid = squid(directory, port, "Safe_ports port 1-65535");
		try {
			Checked.at(route("127.0.0.1:" + port), "3s").restPasses("addresses", "tls");
		}
		finally {
			squid.destroy();
			squid.onExit().orTimeout(40, TimeUnit.SECONDS).join();
		}
	}

	@Test
	void whatSquidForbidsIsTold(@TempDir Path directory) throws Exception {
		int port = Proxy.freePort();
		Process squid = squid(directory, port, "Safe_ports port 443");
		try {
			Checked.at(route("127.0.0.1:" + port), "3s")
				.says("connection", Verdict.FAILED, "The proxy [^ ]+ forbids a tunnel to localhost port \\d+, 403\\.");
		}
		finally {
			squid.destroy();
			squid.onExit().orTimeout(40, TimeUnit.SECONDS).join();
		}
	}

	private static Process squid(Path directory, int port, String ports) throws Exception {
		boolean there = Files.isExecutable(Path.of("/usr/sbin/squid"));
		if (System.getenv("CI") == null) {
			Assumptions.assumeTrue(there, "there is no /usr/sbin/squid; install Debian's package squid");
		}
		Path file = Files.writeString(directory.resolve("squid.conf"), """
				http_port 127.0.0.1:%d
				acl %s
				http_access deny CONNECT !Safe_ports
				http_access allow all
				access_log none
				cache_log %2$s/log
				cache deny all
				pid_filename none
				shutdown_lifetime 0 seconds
				""".replace("%2$s", directory.toString()).formatted(port, ports));
		directory.toFile().setWritable(true, false);
		Process squid = new ProcessBuilder("/usr/sbin/squid", "-N", "-f", file.toString()).redirectErrorStream(true)
			.redirectOutput(directory.resolve("out").toFile())
			.start();
		await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
			new Socket(InetAddress.getLoopbackAddress(), port).close();
			return true;
		});
		return squid;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			https_proxy=http://a:1                          | wss://echo.example.org   | http://a:1
			https_proxy=http://a:1                          | ws://echo.example.org    | -
			HTTP_PROXY=a                                    | ws://echo.example.org    | http://a:3128
			ALL_PROXY=http://[::1]:8 HTTPS_PROXY=http://b:2 | ws://echo.example.org    | http://[::1]:8
			ALL_PROXY=http://a:1 HTTPS_PROXY=http://b:2     | wss://echo.example.org   | http://b:2
			HTTPS_PROXY=                                    | wss://echo.example.org   | -
			ALL_PROXY=http://a:1 NO_PROXY=*                 | wss://echo.example.org   | -
			ALL_PROXY=http://a:1 NO_PROXY=x.org,example.org | wss://echo.example.org   | -
			ALL_PROXY=http://a:1 NO_PROXY=.example.org      | wss://echo.example.org   | -
			ALL_PROXY=http://a:1 NO_PROXY=ample.org         | wss://echo.example.org   | http://a:1
			ALL_PROXY=http://a:1 NO_PROXY=192.0.2.0/24      | wss://192.0.2.7          | -
			ALL_PROXY=http://a:1 NO_PROXY=192.0.2.0/24      | wss://198.51.100.7       | http://a:1
			ALL_PROXY=http://a:1 NO_PROXY=2001:db8::/32     | wss://[2001:db8::7]:8443 | -
			""")
	void theEnvironmentNamesIt(String variables, String url, @Nullable String proxy) {
		Map<String, String> environment = new HashMap<>();
		for (String variable : variables.split(" ", -1)) {
			environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
		}
		ViaProxy chosen = ViaProxy.of(Target.of(url), environment);
		assertThat((chosen != null) ? chosen.toString() : null).isEqualTo(proxy);
	}

	@ParameterizedTest
	@ValueSource(strings = { "socks5://a:1080", "https://a:443", "http://", "http://a:0", "http://a:70000",
			"http://user:secret@a b" })
	void whatIsNoHttpProxyIsRefusedWithoutItsPassword(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> ViaProxy.of(url))
			.withMessageMatching("it is no[^\n]*")
			.satisfies((failure) -> assertThat(failure).hasMessageNotContaining("secret").hasNoCause());
	}

	private Route route(String proxy) {
		Route usual = Route.to(Target.of("ws://localhost:" + this.server));
		return new Route(usual.target(), List.of(), null, ViaProxy.of("http://" + proxy), usual.trust(), List.of(),
				usual.timeout(), false);
	}

}
