package wsecho.check.table;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * What was observed, by name. A fact that was not observed is absent. Numbers are longs;
 * times are in milliseconds.
 */
public final class Facts {

	private final Map<String, Object> values = new TreeMap<>();

	/** Adds a fact, if it was observed. */
	public Facts put(String name, @Nullable Object value) {
		if (value != null) {
			this.values.put(name, (value instanceof Number number) ? (Object) number.longValue() : value);
		}
		return this;
	}

	public Facts putAll(Facts others) {
		this.values.putAll(others.values);
		return this;
	}

	public void retain(Collection<String> names) {
		this.values.keySet().retainAll(names);
	}

	public void replaceTexts(UnaryOperator<String> replacement) {
		this.values.replaceAll((name, value) -> (value instanceof String text) ? replacement.apply(text) : value);
	}

	public void remove(String name) {
		this.values.remove(name);
	}

	public @Nullable Object get(String name) {
		return this.values.get(name);
	}

	/** A fact that is a number, or the default if it is absent. */
	public long number(String name, long absent) {
		return (this.values.get(name) instanceof Long number) ? number : absent;
	}

	public boolean has(String name) {
		return this.values.containsKey(name);
	}

	public Map<String, Object> asMap() {
		return this.values;
	}

}
