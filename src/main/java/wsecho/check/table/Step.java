package wsecho.check.table;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A step of a check.
 *
 * @param verb what is done
 * @param arguments with what
 */
public record Step(String verb, JsonNode arguments) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	static Step of(Map<String, JsonNode> verb) {
		Map.Entry<String, JsonNode> only = verb.entrySet().iterator().next();
		return new Step(only.getKey(), only.getValue());
	}

	public boolean has(String name) {
		return this.arguments.has(name);
	}

	public String text(String name, Values values) {
		return values.replace(this.arguments.path(name).asString(""));
	}

	public int number(String name) {
		return this.arguments.path(name).asInt();
	}

	/** A number that the name of a value may stand for. */
	public int number(String name, Values values) {
		return Integer.parseInt(text(name, values));
	}

	/**
	 * A time, written as {@code 5s} or {@code 100ms}, or as the name of a value in
	 * milliseconds.
	 */
	public Duration time(String name, Values values) {
		return time(values.resolve(this.arguments.path(name).asString("0s")));
	}

	public static Duration time(Object value) {
		if (value instanceof Long millis) {
			return Duration.ofMillis(millis);
		}
		String text = value.toString();
		return text.endsWith("ms") ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
				: Duration.parse("PT" + text);
	}

	/** Sizes in bytes, numbers or the name of a value, and perhaps several times. */
	public List<Integer> sizes(Values values) {
		List<Integer> once = this.arguments.path("sizes")
			.valueStream()
			.map((size) -> size.isNumber() ? size.asInt() : Integer.parseInt(values.replace(size.asString())))
			.toList();
		return Collections.nCopies(this.arguments.path("times").asInt(1), once).stream().flatMap(List::stream).toList();
	}

	public List<String> texts(String name) {
		return this.arguments.path(name).valueStream().map(JsonNode::asString).toList();
	}

	public List<Map.Entry<String, String>> pairs(String name, Values values) {
		return this.arguments.path(name)
			.propertyStream()
			.map((pair) -> Map.entry(pair.getKey(), values.replace(pair.getValue().asString())))
			.toList();
	}

	public List<Step> steps() {
		return this.arguments.path("steps")
			.valueStream()
			.map((step) -> JsonMapper.shared().treeToValue(step, Step.class))
			.toList();
	}

}
