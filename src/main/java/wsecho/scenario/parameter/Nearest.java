package wsecho.scenario.parameter;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that somebody may have meant. */
final class Nearest {

	private Nearest() {
	}

	/**
	 * The nearest name, by the number of characters to insert, delete or replace
	 * (Levenshtein), whether upper or lower case.
	 * @param name as it was written
	 * @param names those that there are, one or more
	 */
	static String to(String name, Collection<String> names) {
		String lower = name.toLowerCase(Locale.ROOT);
		return names.stream().min(Comparator.comparingInt((each) -> distance(lower, each))).orElseThrow();
	}

	// row by row of the matrix
	private static int distance(String from, String to) {
		int[] row = new int[to.length() + 1];
		for (int column = 1; column < row.length; column++) {
			row[column] = column;
		}
		for (int i = 0; i < from.length(); i++) {
			next(row, from.charAt(i), to);
		}
		return row[to.length()];
	}

	private static void next(int[] row, char each, String to) {
		int diagonal = row[0]++;
		for (int column = 1; column < row.length; column++) {
			int replaced = diagonal + ((to.charAt(column - 1) == each) ? 0 : 1);
			diagonal = row[column];
			row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
		}
	}

}
