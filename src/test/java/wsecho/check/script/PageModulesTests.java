package wsecho.check.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

import com.microsoft.playwright.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.check.script.Together.Life;
import wsecho.check.table.Case;
import wsecho.check.table.Facts;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the page makes the same of the same as the command line does, by its own modules.
 */
@RunningService
class PageModulesTests {

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	private static @Nullable Page page;

	@LocalServerPort
	private int port;

	@BeforeEach
	void open() {
		if (page == null) {
			page = CHROMIUM.newPage();
			page.navigate("http://localhost:" + this.port + "/");
		}
	}

	/** What a function of a module makes of some values. */
	private static JsonNode called(String module, String function, List<?> values) {
		String script = """
				async ([module, values]) => {
				  const functions = await import(new URL(module, document.querySelector('script').src));
				  const table = await (await fetch('checks.json')).json();
				  return JSON.stringify(JSON.parse(values).map((value) => %s));
				}""".formatted(function);
		Object result = Objects.requireNonNull(page)
			.evaluate(script, List.of(module, JsonMapper.shared().writeValueAsString(values)));
		return JsonMapper.shared().readTree((String) result);
	}

	@Test
	void theCorpusHasTheSameVerdictsAndTexts() {
		List<Case> corpus = Case.corpus();
		JsonNode findings = called("check/evaluator.mjs",
				"functions.evaluate(table, table.checks.find(({ id }) => id === value.check), value.facts, "
						+ "{ idle: 65000, ping: '21s', slow: 20000, quiet: 32000, ...value.values })",
				corpus);
		assertThat(corpus).hasSizeGreaterThan(100);
		for (int i = 0; i < corpus.size(); i++) {
			Case one = corpus.get(i);
			JsonNode finding = findings.get(i);
			assertThat(finding.path("verdict").asString() + ": " + finding.path("text").asString())
				.isEqualTo(one.verdict().text() + ": " + one.text());
		}
	}

	@Test
	void payloadsAreTheSame() {
		List<Integer> sizes = List.of(0, 1, 3, 16, 100, 125, 126, 4097, 65_535, 65_536, 70_001, 131_072, 1_048_576);
		String encoded = "btoa(Array.from(functions.%s(value), (byte) => String.fromCharCode(byte)).join(''))";
		JsonNode noise = called("check/fill.mjs", encoded.formatted("noise"), sizes);
		JsonNode planes = called("check/fill.mjs", encoded.formatted("planes"), sizes);
		Base64.Encoder base64 = Base64.getEncoder();
		for (int i = 0; i < sizes.size(); i++) {
			int size = sizes.get(i);
			assertThat(noise.get(i).asString()).isEqualTo(base64.encodeToString(Fill.noise(size)));
			assertThat(planes.get(i).asString()).isEqualTo(base64.encodeToString(Fill.planes(size)));
		}
	}

	@Test
	void aPayloadOf16MiBIsTheSame() {
		int size = 16 * 1024 * 1024;
		String hash = "functions.noise(value).reduce((hash, byte) => Math.imul(hash, 31) + (byte << 24 >> 24) | 0, 1)";
		assertThat(called("check/fill.mjs", hash, List.of(size)).get(0).asInt())
			.isEqualTo(Arrays.hashCode(Fill.noise(size)));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void clumpsAreTheSame(long seed) {
		Random random = new Random(seed);
		int[] gaps = { 0, 19, 20, 21, 100, 249, 250, 251, 400 };
		List<List<Long>> arrivals = new ArrayList<>(List.of(List.of(), List.of(5L)));
		for (int i = 0; i < 200; i++) {
			long[] time = { 1000 };
			arrivals.add(IntStream.range(0, 2 + random.nextInt(20))
				.mapToObj((count) -> time[0] += gaps[random.nextInt(gaps.length)])
				.toList());
		}
		JsonNode seen = called("check/arrival.mjs", "functions.arrival(value)", arrivals);
		for (int i = 0; i < arrivals.size(); i++) {
			Facts facts = new Facts();
			new Arrival(arrivals.get(i).stream().map((millis) -> millis * 1_000_000).toList()).addTo(facts);
			assertThat(facts(seen.get(i))).isEqualTo(facts.asMap());
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void whatIsHeldIsTheSame(long seed) {
		Random random = new Random(seed);
		List<List<Long>> all = new ArrayList<>(List.of(List.of(), List.of(-7L)));
		for (int i = 0; i < 200; i++) {
			all.add(random.longs(1 + random.nextInt(20), -3_600_000, 3_600_000).boxed().toList());
		}
		JsonNode seen = called("check/arrival.mjs", "functions.held(value)", all);
		for (int i = 0; i < all.size(); i++) {
			Facts facts = new Facts();
			Arrival.addHeld(all.get(i), facts);
			assertThat(facts(seen.get(i))).isEqualTo(facts.asMap());
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void livesAreTheSame(long seed) {
		Random random = new Random(seed);
		List<List<Life>> all = IntStream.range(0, 200)
			.mapToObj((count) -> IntStream.range(0, 1 + random.nextInt(4)).mapToObj((i) -> life(i, random)).toList())
			.toList();
		JsonNode seen = called("check/lives.mjs", "functions.lives(value)",
				all.stream()
					.map((lives) -> lives.stream()
						.map((life) -> Map.of("began", life.began(), "facts", life.facts().asMap()))
						.toList())
					.toList());
		for (int i = 0; i < all.size(); i++) {
			Facts facts = new Facts();
			new Lives(all.get(i)).addTo(facts);
			Map<String, Object> page = facts(seen.get(i));
			// only a page knows it
			page.remove("machine.offline");
			assertThat(page).isEqualTo(facts.asMap());
		}
	}

	private static Life life(int number, Random random) {
		Facts facts = new Facts().put("open.ok", random.nextInt(5) > 0).put("machine.slept", random.nextInt(9) == 0);
		facts.put("open.ms", number + 7).put("server.state", random.nextBoolean() ? "found" : "unknown");
		if (random.nextBoolean()) {
			facts.put("end.how", "drop").put("end.after", random.nextInt(5000));
		}
		if (random.nextBoolean()) {
			facts.put("probe.answered", random.nextBoolean());
		}
		return new Life(number * 1000L, facts);
	}

	private static Map<String, Object> facts(JsonNode object) {
		Facts facts = new Facts();
		object.properties()
			.forEach(
					(fact) -> facts.put(fact.getKey(), JsonMapper.shared().treeToValue(fact.getValue(), Object.class)));
		return facts.asMap();
	}

}
