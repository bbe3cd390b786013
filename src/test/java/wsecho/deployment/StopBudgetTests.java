package wsecho.deployment;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/** That what a stop may take fits into what Kubernetes gives it. */
class StopBudgetTests {

	/** After the drain's window, for the last closing handshakes. */
	private static final Duration DRAIN_GRACE = Duration.ofSeconds(4);

	/** Reactor Netty's, until its event loops end. */
	private static final Duration QUIET_PERIOD = Duration.ofSeconds(2);

	@ParameterizedTest
	@ValueSource(strings = { "base", "overlays/local", "overlays/production" })
	void drainFitsIntoItsPhase(String folder) throws Exception {
		Manifests manifests = Manifests.of(folder);
		assertThat(window(manifests).plus(DRAIN_GRACE)).isLessThan(phase(manifests));
	}

	@ParameterizedTest
	@ValueSource(strings = { "base", "overlays/local", "overlays/production" })
	void everyPhaseFitsIntoTheGracePeriod(String folder) throws Exception {
		Manifests manifests = Manifests.of(folder);
		Duration preStop = seconds(manifests, "/lifecycle/preStop/sleep/seconds");
		Duration grace = Duration.ofSeconds(manifests.pod().at("/spec/terminationGracePeriodSeconds").asLong());
		// the drain and the web server are a phase each, and the preStop counts too
		assertThat(preStop.plus(phase(manifests).multipliedBy(2)).plus(QUIET_PERIOD)).isPositive().isLessThan(grace);
		assertThat(preStop).isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "base", "overlays/local", "overlays/production" })
	void startIsGivenLongerThanALiveServiceMayBeSilent(String folder) throws Exception {
		Manifests manifests = Manifests.of(folder);
		assertThat(patience(manifests, "startupProbe")).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
		assertThat(patience(manifests, "livenessProbe")).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
	}

	private static Duration patience(Manifests manifests, String probe) {
		return seconds(manifests, "/" + probe + "/periodSeconds")
			.multipliedBy(manifests.container().at("/" + probe + "/failureThreshold").asLong());
	}

	private static Duration window(Manifests manifests) {
		return DurationStyle.detectAndParse(manifests.settings().at("/WSECHO_DRAIN_WINDOW").asString());
	}

	private static Duration phase(Manifests manifests) {
		return DurationStyle
			.detectAndParse(manifests.settings().at("/SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE").asString());
	}

	private static Duration seconds(Manifests manifests, String pointer) {
		return Duration.ofSeconds(manifests.container().at(pointer).asLong());
	}

}
