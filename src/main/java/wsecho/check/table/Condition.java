package wsecho.check.table;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One condition of a rule.
 *
 * @param fact the name of the fact, or of a value in braces
 * @param operator how it is looked at
 * @param operand what with; a text in braces is the value of that name
 */
record Condition(String fact, Operator operator, @Nullable Object operand) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	static Condition of(List<JsonNode> parts) {
		return new Condition(parts.get(0).asString(), JsonMapper.shared().treeToValue(parts.get(1), Operator.class),
				(parts.size() > 2) ? value(parts.get(2)) : null);
	}

	private static Object value(JsonNode node) {
		if (node.isArray()) {
			return node.valueStream().map(Condition::value).toList();
		}
		if (node.isNumber()) {
			return node.asLong();
		}
		return node.isBoolean() ? (Object) node.asBoolean() : node.asString();
	}

	boolean holds(Facts facts, Values values, Table table) {
		Object seen = Values.isName(this.fact) ? values.resolve(this.fact) : facts.get(this.fact);
		Object wanted = (this.operand instanceof String text) ? values.resolve(text) : this.operand;
		return this.operator.test(seen, wanted, facts, table);
	}

}
