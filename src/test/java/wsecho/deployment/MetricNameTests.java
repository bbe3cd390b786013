package wsecho.deployment;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** That what rules, dashboard and autoscalers ask for is what the service tells. */
@RunningService
@TestPropertySource(properties = "management.server.port=0")
class MetricNameTests {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)[ {]");

	/** A word with an underscore that no bracket follows, outside quotes and braces. */
	private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(?:_[a-z0-9]+)+\\b(?! *\\()");

	private static final Pattern NO_METRIC = Pattern.compile("\\{[^}]*}|\\[[^]]*]|by *\\([^)]*\\)");

	@LocalManagementPort
	private int managementPort;

	@Test
	void everyAlertAsksForWhatThereIs() throws Exception {
		assertExist(Manifests.withComponent("monitoring").only("PrometheusRule").findValuesAsString("expr").stream(),
				5);
	}

	@Test
	void everyPanelAsksForWhatThereIs() throws Exception {
		JsonNode dashboard = Manifests.withComponent("monitoring")
			.objects()
			.stream()
			.map((each) -> each.at("/data/wsecho.json"))
			.filter(JsonNode::isString)
			.findFirst()
			.orElseThrow();
		assertExist(new JsonMapper().readTree(dashboard.asString()).findValuesAsString("expr").stream(), 10);
	}

	@Test
	void autoscalersAskForWhatThereIs() throws Exception {
		JsonNode hpa = Manifests.withComponent("hpa").only("HorizontalPodAutoscaler");
		JsonNode keda = Manifests.withComponent("keda").only("ScaledObject");
		assertExist(Stream.of(hpa.at("/spec/metrics/0/pods/metric/name"), keda.at("/spec/triggers/0/metadata/query"))
			.map(JsonNode::asString), 1);
	}

	private void assertExist(Stream<String> expressions, int atLeast) throws Exception {
		Set<String> asked = expressions.map((expression) -> NO_METRIC.matcher(expression).replaceAll(""))
			.flatMap((expression) -> METRIC.matcher(expression).results())
			.map(MatchResult::group)
			.collect(Collectors.toSet());
		assertThat(asked).hasSizeGreaterThanOrEqualTo(atLeast)
			.isSubsetOf(SAMPLE.matcher(scrape()).results().map((sample) -> sample.group(1)).toList());
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
