package wsecho.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One thing that was measured of each server, once a round. */
final class Table {

	private final String title;

	private final Map<String, List<Double>> values = new LinkedHashMap<>();

	private final Map<String, String> notes = new LinkedHashMap<>();

	Table(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	Map<String, List<Double>> numbers() {
		return this.values;
	}

	void add(String name, double value) {
		this.values.computeIfAbsent(name, (absent) -> new ArrayList<>()).add(value);
	}

	/** Keeps what is said of a server's last round. */
	void note(String name, String note) {
		this.notes.put(name, note);
	}

	/** The medians, and of the ratios of each round to the baseline's the median too. */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("\n" + this.title + "\n");
		double[] baseline = numbers(Contender.BASELINE);
		this.values.keySet().forEach((name) -> {
			double[] numbers = numbers(name);
			double[] ratios = new double[numbers.length];
			Arrays.setAll(ratios, (i) -> numbers[i] / baseline[i]);
			text.append("  %-14s %10.2f   × %5.2f   %s%n".formatted(name, median(numbers), median(ratios),
					this.notes.getOrDefault(name, "")));
		});
		return text.toString();
	}

	private double[] numbers(String name) {
		return Objects.requireNonNull(this.values.get(name)).stream().mapToDouble(Double::doubleValue).toArray();
	}

	private static double median(double[] numbers) {
		double[] sorted = numbers.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
