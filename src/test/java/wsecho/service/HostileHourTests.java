package wsecho.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * All that hostile clients do, at once and in an order by chance, beside sessions that
 * behave well, with a heap of 96 MiB. Takes 15 s, or {@code -Dhostile.duration}, beside
 * the warm-up; {@code -Dhostile.seed} repeats an order. How long the others wait is
 * printed, and held to {@code -Dhostile.wait} (in ms) if that is given: on a machine that
 * others use too it says more of them than of the service.
 */
@EnabledOnOs(OS.LINUX)
class HostileHourTests {

	private static final int STEADY = 50;

	private static final int HOSTILE = 120;

	private static final long LEFT_HEAP = 8 << 20;

	private static final long LEFT_DIRECT = 24 << 20;

	private static final int MOST_WARNINGS = 5;

	/** In which classes are loaded and code is compiled. */
	private static final Duration WARM_UP = Duration.ofSeconds(8);

	/** For so long negotiations come alone, twice. */
	private static final Duration NEGOTIATING = Duration.ofSeconds(4);

	/** The delays of those who vanished, and then some. */
	private static final Duration SETTLED = Duration.ofSeconds(30);

	private final long seed = Long.getLong("hostile.seed", System.nanoTime());

	private final double mostWait = Double.parseDouble(System.getProperty("hostile.wait", "Infinity"));

	private final Duration duration = Duration.parse(System.getProperty("hostile.duration", "PT15S"));

	@Test
	@Timeout(value = 3, unit = TimeUnit.HOURS)
	void sessionsThatBehaveDoNotNotice() throws Exception {
		System.out.printf("hostile.seed=%d, hostile.duration=%s%n", this.seed, this.duration);
		try (ServiceProcess service = start(); Stalls stalls = new Stalls()) {
			Attackers attackers = new Attackers(service.port(), Attacks.all(), this.seed);
			play(service, attackers, stalls, WARM_UP);
			service.log().forEach(System.out::println);
			await().atMost(SETTLED).untilAsserted(() -> assertNothingIsHeld(service));
			service.liveHeapBytes();
			Left before = Left.of(service);
			attackers.forgetOutcomes();
			List<Double> waits = play(service, attackers, stalls, this.duration);
			await().atMost(SETTLED).untilAsserted(() -> {
				assertNothingIsHeld(service);
				assertThat(service.sockets()).isEqualTo(before.sockets);
			});
			assertIsAsBefore(before, Left.of(service), service);
			assertLogIsHarmless(service.log());
			assertEachGotWhatItShould(attackers.outcomes());
			assertThat(waits.get(waits.size() - 1)).isLessThan(this.mostWait);
		}
	}

	// alone: what they cost the others can be told
	@Test
	void negotiationsHoldNothing() throws Exception {
		try (ServiceProcess service = start(); Stalls stalls = new Stalls()) {
			negotiate(service, stalls);
			service.liveHeapBytes();
			Left before = Left.of(service);
			negotiate(service, stalls);
			assertThat(service.sockets()).isEqualTo(before.sockets);
			assertIsAsBefore(before, Left.of(service), service);
			assertLogIsHarmless(service.log());
		}
	}

	private static void negotiate(ServiceProcess service, Stalls stalls) throws Exception {
		try (SteadySessions sessions = new SteadySessions(service.port(), STEADY);
				Negotiations negotiations = new Negotiations(service.port())) {
			TimeUnit.MILLISECONDS.sleep(NEGOTIATING.toMillis());
			negotiations.leave();
			sessions.leave();
			System.out.printf("%s; beside them %s%n", negotiations, text(sessions.waits(stalls)));
			assertThat(sessions.failures()).isEmpty();
			assertThat(negotiations.outcomes()).containsOnlyKeys("200");
		}
		await().untilAsserted(() -> assertNothingIsHeld(service));
	}

	private static ServiceProcess start() throws Exception {
		return ServiceProcess.start("-Xmx96m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
				"-Dio.netty.allocator.lowMemory=false", "-Dwsecho.limits.handshake=2s", "-Dwsecho.caps.silence=5s",
				"-Dwsecho.http2.rapid-resets=50");
	}

	private static List<Double> play(ServiceProcess service, Attackers attackers, Stalls stalls, Duration duration)
			throws Exception {
		double cpu = service.cpuSeconds();
		try (SteadySessions sessions = new SteadySessions(service.port(), STEADY);
				Negotiations negotiations = new Negotiations(service.port())) {
			attackers.play(HOSTILE, duration);
			negotiations.leave();
			sessions.leave();
			assertThat(sessions.failures()).as(() -> "" + service.log()).isEmpty();
			List<Double> waits = sessions.waits(stalls);
			System.out.printf("%s: %d echoes, %s; with stalls of this process, %.0f ms at most, %s%n", duration,
					waits.size(), text(waits), stalls.longest() / 1e6, text(sessions.waits()));
			System.out.printf("%d hostile at a time; %.1f s of processor time; %d MiB resident at most%n",
					attackers.most(), service.cpuSeconds() - cpu, service.peakMegabytes());
			System.out.println(negotiations);
			assertThat(negotiations.outcomes()).containsKey("200");
			attackers.outcomes().forEach((kind, outcomes) -> System.out.println("  " + kind + ": " + outcomes));
			return waits;
		}
	}

	private static String text(List<Double> sorted) {
		return "median %.1f ms, p99 %.1f ms, longest %.1f ms".formatted(sorted.get(sorted.size() / 2),
				sorted.get(sorted.size() * 99 / 100), sorted.get(sorted.size() - 1));
	}

	private static void assertNothingIsHeld(ServiceProcess service) throws Exception {
		String metrics = get(service.managementPort(), "/actuator/prometheus");
		assertThat(gauge(metrics, "wsecho_sessions_open")).as(get(service.managementPort(), "/actuator/sessions"))
			.isZero();
		assertThat(gauge(metrics, "wsecho_memory_used_bytes")).isZero();
	}

	private static void assertIsAsBefore(Left before, Left after, ServiceProcess service) throws Exception {
		System.out.println(before + "\n" + after);
		assertThat(after.heap - before.heap).isLessThan(LEFT_HEAP);
		assertThat(after.direct - before.direct).isLessThan(LEFT_DIRECT);
		assertThat(get(service.port(), "/readyz")).startsWith("HTTP/1.0 200 ");
	}

	private static void assertLogIsHarmless(List<String> log) {
		log.forEach(System.out::println);
		assertThat(log)
			.noneMatch((line) -> line.contains("ERROR") || line.contains("\tat ") || line.contains(Attacks.MARK));
		assertThat(log.stream().filter((line) -> line.contains(" WARN "))).hasSizeLessThan(MOST_WARNINGS);
	}

	// beside that there may be no memory for it: 503 for a newcomer, or the connection is
	// ended without an answer
	private static void assertEachGotWhatItShould(Map<String, Map<String, Integer>> outcomes) {
		Predicate<String> none = Pattern.compile("(503|nothing)(, ended)?").asMatchPredicate();
		for (Attack attack : Attacks.all()) {
			Pattern expected = Pattern.compile("(" + attack.expected() + ")(, ended)?");
			assertThat(outcomes.getOrDefault(attack.name(), Map.of()).keySet()).as(attack.name())
				.anyMatch(expected.asMatchPredicate())
				.allMatch(none.or((got) -> begins(expected, got)));
		}
	}

	// a client may have left before the rest
	private static boolean begins(Pattern expected, String got) {
		Matcher matcher = expected.matcher(got);
		return matcher.matches() || matcher.hitEnd();
	}

	private static double gauge(String metrics, String name) {
		Matcher matcher = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)").matcher(metrics);
		assertThat(matcher.find()).as(name).isTrue();
		return Double.parseDouble(matcher.group(1));
	}

	// by a connection of its own, which has gone when it returns
	private static String get(int port, String path) {
		try (RawSocket client = new RawSocket(port)) {
			client.send("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
			return new String(client.readToEnd(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What the service has once the clients have gone, in bytes. */
	private record Left(long sockets, long heap, long direct, long resident) {

		static Left of(ServiceProcess service) throws Exception {
			String metrics = get(service.managementPort(), "/actuator/prometheus");
			return new Left(service.sockets(), service.liveHeapBytes(), direct(metrics),
					service.residentKilobytes() * 1024);
		}

		private static long direct(String metrics) {
			return Pattern.compile("(?m)^netty_allocator_memory_used\\{.*memory_type=\"direct\".*\\} (\\S+)")
				.matcher(metrics)
				.results()
				.mapToLong((gauge) -> (long) Double.parseDouble(gauge.group(1)))
				.sum();
		}

	}

}
