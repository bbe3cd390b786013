package wsecho.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many pods the HorizontalPodAutoscaler asks for, by its controller's formula:
 * {@code ceil(pods × average / target)}, but for ratios within a tenth of 1.
 */
class AutoscalingTests {

	private static final double TOLERANCE = 0.1;

	private static final Pattern CAPACITY = Pattern.compile("(?m)^\\| ([\\d,]+) \\| (\\d+) \\|$");

	@ParameterizedTest
	@CsvSource({ "0, 2, 2", "16_800, 2, 2", "18_000, 2, 2", "19_000, 2, 3", "24_000, 2, 3", "100_000, 4, 12",
			"100_000, 12, 12", "60_000, 12, 8", "1_000_000, 10, 20" })
	void podsFollowTheSessions(String sessions, int pods, int expected) throws Exception {
		assertThat(desired(Long.parseLong(sessions.replace("_", "")), pods)).isEqualTo(expected);
	}

	@Test
	void documentedCapacityIsWhatItAsksFor() throws Exception {
		List<MatchResult> rows = CAPACITY.matcher(Files.readString(Path.of("src/main/docs/kubernetes.md")))
			.results()
			.toList();
		assertThat(rows).hasSizeGreaterThanOrEqualTo(3).allSatisfy((row) -> {
			long sessions = Long.parseLong(row.group(1).replace(",", ""));
			int pods = (int) Math.max(2, Math.ceil(sessions / (double) target()));
			assertThat(pods).isEqualTo(Integer.parseInt(row.group(2)));
			assertThat(desired(sessions, pods)).isEqualTo(Math.min(pods, 20));
		});
	}

	@Test
	void targetLeavesRoomUnderTheLimit() throws Exception {
		long limit = Long.parseLong(Manifests.withComponent("hpa").settings().at("/WSECHO_LIMITS_SESSIONS").asString());
		assertThat(target()).isEqualTo(limit * 7 / 10);
	}

	@Test
	void kedaAsksForTheSame() throws Exception {
		JsonNode hpa = hpa();
		JsonNode keda = Manifests.withComponent("keda").only("ScaledObject").at("/spec");
		assertThat(keda.at("/triggers/0/metadata/threshold").asLong()).isEqualTo(target());
		assertThat(keda.at("/triggers/1/metadata/value")).isEqualTo(hpa.at("/metrics/1/resource/target/averageValue"));
		assertThat(keda.at("/minReplicaCount")).isEqualTo(hpa.at("/minReplicas"));
		assertThat(keda.at("/maxReplicaCount")).isEqualTo(hpa.at("/maxReplicas"));
		assertThat(keda.at("/advanced/horizontalPodAutoscalerConfig/behavior")).isEqualTo(hpa.at("/behavior"));
	}

	private static JsonNode hpa() throws Exception {
		return Manifests.withComponent("hpa").only("HorizontalPodAutoscaler").at("/spec");
	}

	private static long target() throws Exception {
		return hpa().at("/metrics/0/pods/target/averageValue").asLong();
	}

	private static int desired(long sessions, int pods) throws Exception {
		double ratio = sessions / (double) pods / target();
		int wanted = (Math.abs(ratio - 1) <= TOLERANCE) ? pods : (int) Math.ceil(pods * ratio);
		return Math.max(hpa().at("/minReplicas").asInt(), Math.min(hpa().at("/maxReplicas").asInt(), wanted));
	}

}
