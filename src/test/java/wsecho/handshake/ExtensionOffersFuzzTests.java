package wsecho.handshake;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsecho.fixture.Fuzz;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random offers of extensions: what is read, and what is accepted, is what
 * {@link OffersModel} says. {@link Fuzz} says how to go on for longer.
 */
class ExtensionOffersFuzzTests {

	private static final int SEEDS = 20_000;

	private static final int LONG = 100_000;

	private static final Duration LIMIT = Duration.ofMillis(500);

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final List<String> PIECES = List.of("permessage-deflate", "server_no_context_takeover",
			"client_no_context_takeover", "server_max_window_bits", "client_max_window_bits", "8", "9", "15", "16",
			"010", "a", "x-webkit-deflate-frame", ";", ";", "; ", " ;\t", "=", " = ", ",", ", ", " ", "\t", "\"",
			"\"15\"", "\"1\\5\"", "\"\"", "\\", "\u00e9", "\0", "/", "\"a b\"", "'");

	private static final List<String> MANY = List.of("; b", ";b=\"c\"", ", b", "; b=c", ",", ";", " ");

	@Test
	@Timeout(value = 1, unit = TimeUnit.DAYS)
	void everyOfferIsReadAndAcceptedAsTheModelSays() throws Exception {
		Fuzz.run(SEEDS, 1, ExtensionOffersFuzzTests::check);
	}

	private static void check(long seed) {
		Random random = new Random(seed);
		List<String> lines = Stream.generate(() -> line(random)).limit(1 + random.nextInt(2)).toList();
		List<ExtensionOffer> offers = ExtensionOffers.read(lines);
		List<List<String>> expected = OffersModel.read(lines);
		assertThat(flat(offers)).as(lines.toString()).isEqualTo(expected);
		if (offers != null && expected != null) {
			checkAccepted(AcceptedExtension.of(offers), OffersModel.acceptable(expected));
		}
		if (random.nextInt(100) == 0) {
			checkTime(random);
		}
	}

	private static String line(Random random) {
		if (random.nextInt(50) == 0) {
			return any(PIECES, random) + any(MANY, random).repeat(40 + random.nextInt(70));
		}
		return (random.nextInt(3) == 0) ? pieces(random, random.nextInt(random.nextInt(200) + 1)) : likely(random);
	}

	private static String any(List<String> choices, Random random) {
		return choices.get(random.nextInt(choices.size()));
	}

	private static String pieces(Random random, int length) {
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < length; i++) {
			line.append(any(PIECES, random));
		}
		return line.toString();
	}

	// of the grammar, and with parameters that mean something
	private static String likely(Random random) {
		StringBuilder line = new StringBuilder();
		for (int offers = 1 + random.nextInt(3); offers > 0; offers--) {
			line.append(PIECES.get((random.nextInt(6) == 0) ? 10 : 0));
			for (int parameters = random.nextInt(4); parameters > 0; parameters--) {
				int name = 1 + random.nextInt(4);
				boolean hasValue = (name > 2) == (random.nextInt(8) != 0);
				line.append(random.nextBoolean() ? "; " : ";").append(PIECES.get(name));
				line.append(hasValue ? "=" + PIECES.get(5 + random.nextInt(4)) : "");
			}
			line.append((offers > 1) ? "," : "");
		}
		return line.toString();
	}

	private static @Nullable List<List<String>> flat(@Nullable List<ExtensionOffer> offers) {
		return (offers == null) ? null
				: offers.stream()
					.map((offer) -> Stream
						.concat(Stream.of(offer.name()),
								offer.parameters().stream().map((each) -> each.name() + equalsSign(each.value())))
						.toList())
					.toList();
	}

	private static String equalsSign(String value) {
		return value.isEmpty() ? "" : "=" + value;
	}

	// RFC 7692, 7.1: nothing that was not offered, and client_max_window_bits need not be
	private static void checkAccepted(@Nullable AcceptedExtension accepted, @Nullable Set<String> offered) {
		assertThat(accepted != null).isEqualTo(offered != null);
		if (accepted == null || offered == null) {
			return;
		}
		List<String> response = List.of(accepted.response().split("; "));
		assertThat(response.get(0)).isEqualTo("permessage-deflate");
		Set<String> answered = new LinkedHashSet<>(response.subList(1, response.size()));
		Set<String> granted = new LinkedHashSet<>(offered);
		granted.removeIf((each) -> each.startsWith("client_max_window_bits"));
		assertThat(answered).hasSize(response.size() - 1).isEqualTo(granted);
	}

	/** A quadratic reading of so much would take seconds. */
	private static void checkTime(Random random) {
		String unit = pieces(random, 1 + random.nextInt(6));
		String line = "a" + unit.repeat(LONG / Math.max(1, unit.length())) + pieces(random, 2);
		long before = THREADS.getCurrentThreadCpuTime();
		ExtensionOffers.read(List.of(line));
		assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before)).as("a" + unit + "...")
			.isLessThan(LIMIT);
	}

}
