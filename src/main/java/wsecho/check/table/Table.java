package wsecho.check.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/**
 * The checks, as data: what is done, what is made of it, and in what words.
 *
 * @param version of its form
 * @param facts the facts there are, with their types
 * @param only facts that one runner alone can fill, by runner; * stands for any letters
 * @param times after which connections are known to be cut
 * @param names lists of names that texts from outside are searched for
 * @param needs what checks may need
 * @param rules rules that several checks share
 * @param says texts of the shared rules
 * @param sets what to set by these
 * @param checks the checks, in their order
 */
public record Table(int version, Map<String, String> facts, Map<String, List<String>> only, List<KnownTime> times,
		Map<String, List<String>> names, Map<String, Need> needs, Map<String, List<Rule>> rules,
		Map<String, String> says, Map<String, Map<String, String>> sets, List<Check> checks) {

	private static final String RESOURCE = "checks.json";

	/** The table of this version. */
	public static Table load() {
		try (InputStream in = Objects.requireNonNull(Table.class.getResourceAsStream(RESOURCE))) {
			return JsonMapper.shared().readValue(in, Table.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The rules of a check, the shared ones in their places. */
	Stream<Rule> rulesOf(Check check) {
		return check.rules()
			.stream()
			.flatMap((rule) -> (rule.use() != null) ? rulesNamed(rule.use()).stream() : Stream.of(rule));
	}

	private List<Rule> rulesNamed(String name) {
		return Objects.requireNonNull(this.rules.get(name));
	}

	/**
	 * Whose time it may be.
	 * @param millis when something was cut
	 * @param of what the time limits
	 * @return names, or an empty text
	 */
	String known(long millis, String of) {
		return this.times.stream()
			.filter((time) -> time.of().equals(of) && time.isNear(millis))
			.map(KnownTime::whose)
			.collect(Collectors.joining(", "));
	}

	/**
	 * The names of a list that a text has in it, in any case.
	 * @param text from outside
	 * @param list the name of the list
	 */
	List<String> named(String text, String list) {
		String lower = text.toLowerCase(Locale.ROOT);
		return Objects.requireNonNull(this.names.get(list), list)
			.stream()
			.filter((name) -> lower.contains(name.toLowerCase(Locale.ROOT)))
			.toList();
	}

	/**
	 * A time that people know.
	 *
	 * @param after how long
	 * @param of what it limits: idle or life
	 * @param whose default it is
	 */
	record KnownTime(String after, String of, String whose) {

		private static final long EARLIER = 200;

		// Envoy holds the client's side for a second more
		private static final long LATER = 1200;

		boolean isNear(long millis) {
			long known = Duration.parse("PT" + this.after).toMillis();
			return millis >= known - EARLIER && millis <= known + LATER;
		}

	}

}
