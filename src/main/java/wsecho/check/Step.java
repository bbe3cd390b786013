package wsecho.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import tools.jackson.databind.JsonNode;

/**
 * A step of a check.
 *
 * @param verb what is done
 * @param arguments with what
 */
record Step(String verb, JsonNode arguments) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	static Step of(Map<String, JsonNode> verb) {
		Map.Entry<String, JsonNode> only = verb.entrySet().iterator().next();
		return new Step(only.getKey(), only.getValue());
	}

	boolean has(String name) {
		return this.arguments.has(name);
	}

	String text(String name, Values values) {
		return values.replace(this.arguments.path(name).asString(""));
	}

	int number(String name) {
		return this.arguments.path(name).asInt();
	}

	/** A time, written as {@code 5s} or as the name of a value in milliseconds. */
	Duration time(String name, Values values) {
		return time(values.resolve(this.arguments.path(name).asString("0s")));
	}

	static Duration time(Object value) {
		return (value instanceof Long millis) ? Duration.ofMillis(millis) : Duration.parse("PT" + value);
	}

	List<Integer> sizes() {
		return this.arguments.path("sizes").valueStream().map(JsonNode::asInt).toList();
	}

	List<String> texts(String name) {
		return this.arguments.path(name).valueStream().map(JsonNode::asString).toList();
	}

	List<Map.Entry<String, String>> pairs(String name, Values values) {
		return this.arguments.path(name)
			.propertyStream()
			.map((pair) -> Map.entry(pair.getKey(), values.replace(pair.getValue().asString())))
			.toList();
	}

	List<Step> steps() {
		return this.arguments.path("steps")
			.valueStream()
			.map((step) -> Table.JSON.treeToValue(step, Step.class))
			.toList();
	}

}
