package wsecho.check.table;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which checks are run.
 *
 * @param ids of those that are shown
 * @param skipped of those among them that are not run
 */
public record Selection(Set<String> ids, Set<String> skipped) {

	/**
	 * Selects.
	 * @param table the checks
	 * @param only names, or with * the beginnings of names; none for all that are not on
	 * demand
	 * @param skip the same, of what is not run
	 * @throws IllegalArgumentException if a name fits none
	 */
	public static Selection of(Table table, List<String> only, List<String> skip) {
		Set<String> ids = only.isEmpty() ? usual(table) : matching(table, only);
		ids.add(Check.FIRST);
		for (Check check : table.checks()) {
			if (ids.contains(check.id())) {
				check.needs()
					.stream()
					.map((need) -> table.needs().get(need))
					.filter(Objects::nonNull)
					.forEach((need) -> {
						if (need.check() != null) {
							ids.add(need.check());
						}
					});
			}
		}
		return new Selection(ids, matching(table, skip));
	}

	private static Set<String> usual(Table table) {
		return table.checks()
			.stream()
			.filter((check) -> !check.isOnDemand())
			.map(Check::id)
			.collect(Collectors.toCollection(HashSet::new));
	}

	private static Set<String> matching(Table table, List<String> names) {
		Set<String> found = new HashSet<>();
		for (String name : names) {
			Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
			Set<String> ids = table.checks()
				.stream()
				.map(Check::id)
				.filter((id) -> pattern.matcher(id).matches())
				.collect(Collectors.toSet());
			if (ids.isEmpty()) {
				throw new IllegalArgumentException("there is no check '" + name + "'; there are "
						+ table.checks().stream().map(Check::id).collect(Collectors.joining(", ")));
			}
			found.addAll(ids);
		}
		return found;
	}

}
