package wsecho.session;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The metrics' names and tags, which dashboards and alerts depend on. */
@RunningService
@TestPropertySource(properties = "management.server.port=0")
class MetricsTests {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)\\})? \\S+$");

	private static final Pattern TAG = Pattern.compile("(\\w+)=\"");

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@Test
	void namesAndTagsAreStable() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket"); RawSocket refused = new RawSocket(this.port)) {
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
			client.sendFrame(0x88, new byte[0]).awaitEnd();
			refused.send("GET /websocket HTTP/1.1\r\nHost: localhost\r\n\r\n").readResponse();
		}
		await().untilAsserted(() -> assertThat(samples(scrape())).containsAllEntriesOf(expected()));
		assertThat(samples(scrape()).keySet().stream().filter((name) -> name.startsWith("wsecho_")))
			.containsExactlyElementsOf(expected().keySet());
	}

	private static Map<String, Set<String>> expected() {
		Map<String, Set<String>> expected = new TreeMap<>();
		expected.put("wsecho_bytes_total", Set.of("direction"));
		expected.put("wsecho_drain_remaining", Set.of());
		expected.put("wsecho_handshakes_refused_total", Set.of("status"));
		expected.put("wsecho_memory_limit_bytes", Set.of());
		expected.put("wsecho_memory_used_bytes", Set.of());
		expected.put("wsecho_messages_total", Set.of("direction"));
		expected.putAll(histogram("wsecho_ping_rtt_seconds", Set.of(), Set.of("le")));
		expected.putAll(histogram("wsecho_session_duration_seconds", Set.of("transport"), Set.of("le", "transport")));
		expected.put("wsecho_sessions_closed_total", Set.of("by", "code", "transport"));
		expected.put("wsecho_sessions_open", Set.of());
		return expected;
	}

	private static Map<String, Set<String>> histogram(String name, Set<String> tags, Set<String> ofBucket) {
		return Map.of(name + "_bucket", ofBucket, name + "_count", tags, name + "_max", tags, name + "_sum", tags);
	}

	@Test
	void nettyIsWatchedToo() throws Exception {
		assertThat(samples(scrape())).containsKeys("netty_allocator_memory_used", "netty_eventexecutor_tasks_pending");
	}

	@Test
	void sessionIsNoRequest() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
			client.sendFrame(0x88, new byte[0]).awaitEnd();
		}
		assertThat(scrape().lines().filter((line) -> line.startsWith("http_server_requests")))
			.noneMatch((line) -> line.contains("status=\"101\"")
					|| (line.contains("uri=\"/websocket\"") && !line.contains("CLIENT_ERROR")));
	}

	@Test
	void everyMetricIsDescribed() throws Exception {
		assertThat(scrape().lines().filter((line) -> line.startsWith("# HELP wsecho_")))
			.allMatch((line) -> line.split(" ", 4).length == 4)
			.hasSizeGreaterThanOrEqualTo(8);
	}

	private static Map<String, Set<String>> samples(String text) {
		Map<String, Set<String>> samples = new TreeMap<>();
		Matcher sample = SAMPLE.matcher(text);
		while (sample.find()) {
			Set<String> tags = samples.computeIfAbsent(sample.group(1), (name) -> new TreeSet<>());
			String labels = sample.group(2);
			if (labels != null) {
				TAG.matcher(labels).results().forEach((tag) -> tags.add(tag.group(1)));
			}
		}
		return samples;
	}

	private String scrape() throws Exception {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + this.managementPort + "/actuator/prometheus"))
			.version(Version.HTTP_1_1)
			.timeout(Duration.ofSeconds(20))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

}
