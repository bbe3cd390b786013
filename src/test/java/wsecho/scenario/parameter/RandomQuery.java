package wsecho.scenario.parameter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A query, right or wrong, and what is wrong with it. */
final class RandomQuery {

	private static final Map<String, List<String>> GOOD = Map.ofEntries(
			Map.entry("messages", List.of("1", "1000000", "007", "+5")),
			Map.entry("lifetime", List.of("0", "1s", "1d", "24h", "1000ms")),
			Map.entry("end", List.of("close", "eof", "abort", "silence", "stall")),
			Map.entry("code", List.of("1000", "3000", "4999")),
			Map.entry("reason",
					List.of("", "x", "\u20ac\ud83d\ude00", "a&b=c+d%e#f", "x".repeat(123), "\r\nX: y", "\0")),
			Map.entry("delay", List.of("0", "5ms", "60s")), Map.entry("fragment", List.of("1", "1B", "64KB", "65536")),
			Map.entry("limit", List.of("1", "1TB", "64KB")), Map.entry("ping", List.of("0", "1s", "1h")),
			Map.entry("withhold", List.of("pong", "close", "pong,close", " close , pong")),
			Map.entry("subprotocol", List.of("none")), Map.entry("compress", List.of("true", "false")),
			Map.entry("handshake-delay", List.of("0", "1ms")), Map.entry("strict", List.of("false")));

	private static final Map<String, List<String>> BAD = Map.ofEntries(
			Map.entry("messages",
					List.of("0", "-1", "1e3", "99999999999999999999", "1 000", "\u0661", "",
							"x" + "\ud83d\ude00".repeat(120))),
			Map.entry("lifetime",
					List.of("5", "2d", "-1s", "1.5s", "99999999999999999999d", "9223372036854775807d", "s")),
			Map.entry("end", List.of("CLOSE", "", "close,eof", "fin")),
			Map.entry("code", List.of("1005", "999", "5000", "x", "-1", "4294968296")),
			Map.entry("reason", List.of("x".repeat(124), "\u20ac".repeat(42))),
			Map.entry("delay", List.of("61s", "1", "1 s", "5MS", "")),
			Map.entry("fragment", List.of("0", "65KB", "-1", "1kb", "9223372036854775807TB")),
			Map.entry("limit", List.of("0", "2TB", "1MiB", "1.5KB")), Map.entry("ping", List.of("500ms", "2h", "0s")),
			Map.entry("withhold", List.of("", "ping", "pong,", "pong;close")),
			Map.entry("subprotocol", List.of("", "a", "none,a")), Map.entry("compress", List.of("1", "TRUE", "")),
			Map.entry("handshake-delay", List.of("2m", "-1ms", "1")), Map.entry("strict", List.of("yes", "")));

	private static final List<String> UNKNOWN = List.of("x", "message", "MESSAGES", "\u00e9", "\ud83d\ude00", "a\r\nb",
			"\0", " ", "\"", "a,b", "x".repeat(100), "\u00e9".repeat(70), "a" + "\ud83d\ude00".repeat(64), "every", "%",
			"\u202e", "delay ", "[delay]", "delay[]");

	// not one of them is UTF-8 when it is decoded
	private static final List<String> MALFORMED = List.of("%", "%1", "%zz", "%ff", "%c3", "%c0%80", "%ed%a0%80",
			"%f5%80%80%80", "%80", "%+1", "%-1");

	private final Random random;

	private final StringBuilder text = new StringBuilder();

	private final Map<String, Integer> given = new LinkedHashMap<>();

	private final Set<String> faulty = new LinkedHashSet<>();

	private final List<String> ignored = new ArrayList<>();

	private boolean malformed;

	RandomQuery(long seed) {
		this.random = new Random(seed);
		int most = oneIn(20) ? 150 : 6;
		for (int pairs = this.random.nextInt(most); pairs > 0 && this.text.length() < 2400; pairs--) {
			add();
		}
		this.given.forEach((name, count) -> {
			if (count > 1) {
				this.faulty.add(name);
			}
		});
	}

	String text() {
		return this.text.toString();
	}

	/** How many parameters it has. */
	long count() {
		return Stream.of(text().split("&")).filter((pair) -> !pair.isEmpty() && pair.charAt(0) != '=').count();
	}

	/** The names of the parameters that are to be refused. */
	Set<String> faulty() {
		return this.faulty;
	}

	/** Whether it is percent-encoded wrongly. */
	boolean isMalformed() {
		return this.malformed;
	}

	/** The names that no path knows, once each. */
	List<String> ignored() {
		return this.ignored.stream().distinct().toList();
	}

	private void add() {
		this.text.append((this.text.length() > 0 || oneIn(20)) ? "&" : "");
		switch (this.random.nextInt(10)) {
			case 0, 1 -> pair(name(), BAD, true);
			case 2, 3, 4 -> {
				String name = any(UNKNOWN);
				this.ignored.add(name);
				this.text.append(encode(name)).append(oneIn(2) ? "=" + encode(any(UNKNOWN)) : "");
			}
			case 5 -> malformed();
			default -> pair(name(), GOOD, false);
		}
	}

	private void pair(String name, Map<String, List<String>> values, boolean bad) {
		if (this.given.containsKey(name) && !oneIn(5)) {
			return;
		}
		this.given.merge(name, 1, Integer::sum);
		this.text.append(encode(name)).append('=').append(encode(any(values.getOrDefault(name, List.of()))));
		if (bad) {
			this.faulty.add(name);
		}
	}

	private void malformed() {
		if (oneIn(3)) {
			this.malformed = true;
			this.text.append(oneIn(2) ? any(MALFORMED) : "reason=" + any(MALFORMED));
		}
	}

	private String name() {
		return any(GOOD.keySet().stream().sorted().toList());
	}

	/** Some of what need not be encoded is, and some that should be is not. */
	private String encode(String text) {
		StringBuilder encoded = new StringBuilder();
		boolean all = oneIn(4);
		boolean raw = oneIn(4);
		for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
			boolean plain = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-';
			if ((plain && !all) || (raw && (each < 0 || "\"[],:".indexOf(each) >= 0))) {
				encoded.append((char) (each & 0xff));
			}
			else {
				String octet = HexFormat.of().toHexDigits(each);
				encoded.append(
						(each == ' ' && oneIn(2)) ? "+" : "%" + (oneIn(2) ? octet : octet.toUpperCase(Locale.ROOT)));
			}
		}
		return encoded.toString();
	}

	private boolean oneIn(int n) {
		return this.random.nextInt(n) == 0;
	}

	private String any(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
