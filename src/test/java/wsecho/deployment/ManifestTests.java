package wsecho.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** That the manifests agree with each other, which no schema checks. */
class ManifestTests {

	private static final JsonMapper JSON = new JsonMapper();

	@ParameterizedTest
	@CsvSource({ "Deployment, /spec/selector/matchLabels", "Service, /spec/selector",
			"PodDisruptionBudget, /spec/selector/matchLabels", "NetworkPolicy, /spec/podSelector/matchLabels",
			"PodMonitor, /spec/selector/matchLabels" })
	void selectsThePods(String kind, String pointer) throws Exception {
		Manifests manifests = Manifests.of("overlays/production");
		assertSelects(manifests, manifests.only(kind).at(pointer));
	}

	@ParameterizedTest
	@ValueSource(strings = { "base", "overlays/production" })
	void spreadCountsThePods(String folder) throws Exception {
		Manifests manifests = Manifests.of(folder);
		assertThat(manifests.pod().at("/spec/topologySpreadConstraints").values()).isNotEmpty()
			.allSatisfy((constraint) -> assertSelects(manifests, constraint.at("/labelSelector/matchLabels")));
	}

	private static void assertSelects(Manifests manifests, JsonNode labels) {
		assertThat(labels.properties()).isNotEmpty().isSubsetOf(manifests.pod().at("/metadata/labels").properties());
	}

	@Test
	void everyPortThatIsNamedIsTheContainers() throws Exception {
		Manifests manifests = Manifests.of("overlays/production");
		List<String> named = Stream.of(manifests.only("Service").findValuesAsString("targetPort"),
				manifests.container().findValues("httpGet").stream().map((get) -> get.at("/port").asString()).toList(),
				manifests.only("NetworkPolicy").findValuesAsString("port"),
				manifests.only("PodMonitor").findValuesAsString("port"))
			.flatMap(List::stream)
			.toList();
		assertThat(named).hasSize(7).isSubsetOf(manifests.container().at("/ports").findValuesAsString("name"));
	}

	@Test
	void managementIsNotForEverybody() throws Exception {
		JsonNode rules = Manifests.of("base").only("NetworkPolicy").at("/spec/ingress");
		assertThat(rules.values()).filteredOn((rule) -> rule.findValuesAsString("port").contains("management"))
			.singleElement()
			.matches((rule) -> !rule.at("/from").isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "hpa", "keda" })
	void autoscalerOwnsTheNumberOfPods(String component) throws Exception {
		assertThat(Manifests.withComponent(component).only("Deployment").at("/spec/replicas").isMissingNode()).isTrue();
	}

	@Test
	void checkRunsTheSameOnceAndRegularly() throws Exception {
		Manifests manifests = Manifests.withComponent("check");
		JsonNode once = manifests.only("Job").at("/spec");
		JsonNode regularly = manifests.only("CronJob").at("/spec/jobTemplate/spec");
		assertThat(once.properties()).containsAll(regularly.properties());
		assertThat(regularly.propertyNames()).contains("template", "backoffLimit", "podFailurePolicy");
	}

	@Test
	void checkAsksTheServiceAndIsNoPartOfIt() throws Exception {
		Manifests manifests = Manifests.withComponent("check");
		JsonNode pod = manifests.only("Job").at("/spec/template");
		assertThat(pod.at("/spec/containers/0/args/1").asString())
			.isEqualTo("ws://" + manifests.only("Service").at("/metadata/name").asString() + "/");
		assertThat(pod.at("/metadata/labels").properties())
			.doesNotContainAnyElementsOf(manifests.only("Service").at("/spec/selector").properties());
	}

	// 3 is what Command ends with if it could not check
	@Test
	void checkIsTriedAgainWhereNothingAnswered() throws Exception {
		JsonNode job = Manifests.withComponent("check").only("Job").at("/spec");
		assertThat(job.at("/podFailurePolicy/rules").values()).filteredOn((rule) -> rule.at("/onExitCodes").isObject())
			.singleElement()
			.satisfies((rule) -> {
				assertThat(rule.at("/action").asString()).isEqualTo("Ignore");
				assertThat(rule.at("/onExitCodes/values").values()).extracting(JsonNode::asInt).containsExactly(3);
				assertThat(rule.at("/onExitCodes/containerName")).isEqualTo(job.at("/template/spec/containers/0/name"));
			});
		assertThat(job.at("/activeDeadlineSeconds").asInt()).isPositive();
	}

	@Test
	void tlsIsProbedAsSuch() throws Exception {
		assertThat(Manifests.withComponent("tls").container().findValues("httpGet")).hasSize(3)
			.allMatch((get) -> get.at("/scheme").asString().equals("HTTPS"));
	}

	// one with a typing error would be ignored, but for those of wsecho
	@ParameterizedTest
	@ValueSource(strings = { "ingress", "tls" })
	void everyVariableIsAProperty(String component) throws Exception {
		assertProperties(Manifests.withComponent(component));
	}

	@Test
	void everyVariableOfProductionIsAProperty() throws Exception {
		assertProperties(Manifests.of("overlays/production"));
	}

	private static void assertProperties(Manifests manifests) throws Exception {
		Set<String> known = variables();
		assertThat(manifests.settings().propertyNames()).isNotEmpty()
			.allMatch((variable) -> known.stream()
				.anyMatch((each) -> variable.equals(each) || variable.startsWith(each + "_")));
	}

	private static Set<String> variables() throws IOException {
		Set<String> variables = new HashSet<>();
		for (URL metadata : Collections
			.list(ManifestTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = metadata.openStream()) {
				JSON.readTree(in)
					.at("/properties")
					.forEach((property) -> variables.add(variable(property.at("/name").asString())));
			}
		}
		return variables;
	}

	private static String variable(String property) {
		return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
	}

	@Test
	void everyAlertIsTestedWhereItFiresAndWhereItDoesNot() throws Exception {
		JsonNode tests = JSON
			.valueToTree(new Yaml().load(Files.readString(Path.of("src/test/prometheus/alerts.yaml"))));
		assertThat(Manifests.withComponent("monitoring").only("PrometheusRule").findValuesAsString("alert"))
			.isNotEmpty()
			.allSatisfy(
					(alert) -> assertThat(tests.findValues("alert_rule_test").stream().flatMap(JsonNode::valueStream))
						.filteredOn((test) -> test.at("/alertname").asString().equals(alert))
						.extracting((test) -> test.at("/exp_alerts").isEmpty())
						.contains(true, false));
	}

}
