package wsecho.check.table;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** How a rule looks at a fact. Of an absent fact only {@code absent} is true. */
enum Operator {

	@JsonProperty("is")
	IS {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return fact.equals(operand);
		}
	},

	@JsonProperty("is-not")
	IS_NOT {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return !fact.equals(operand);
		}
	},

	@JsonProperty("in")
	IN {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return ((List<?>) operand).contains(fact);
		}
	},

	@JsonProperty("contains")
	CONTAINS {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return List.of(fact.toString().split(", ", -1)).contains(operand);
		}
	},

	@JsonProperty("at-least")
	AT_LEAST {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return (long) fact >= (long) operand;
		}
	},

	/** Of a number, or of a time that is written with its unit. */
	@JsonProperty("at-most")
	AT_MOST {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return (long) fact <= Step.time(operand).toMillis();
		}
	},

	/** Equal to another fact, which is present. */
	@JsonProperty("same-as")
	SAME_AS {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return fact.equals(facts.get((String) operand));
		}
	},

	/** Unequal to another fact, which is present. */
	@JsonProperty("differs-from")
	DIFFERS_FROM {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return facts.has((String) operand) && !fact.equals(facts.get((String) operand));
		}
	},

	/** Near one of the times that the table knows. */
	@JsonProperty("known")
	KNOWN {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return !table.known((long) fact, (String) operand).isEmpty();
		}
	},

	/** Has one of the names of a list. */
	@JsonProperty("names")
	NAMES {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return !table.named((String) fact, (String) operand).isEmpty();
		}
	},

	@JsonProperty("present")
	PRESENT {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return true;
		}
	},

	@JsonProperty("absent")
	ABSENT {
		@Override
		boolean holds(Object fact, Object operand, Facts facts, Table table) {
			return false;
		}
	};

	/**
	 * Whether a condition holds.
	 * @param fact what was observed, or null
	 * @param operand what the rule compares it with, or null
	 */
	final boolean test(@Nullable Object fact, @Nullable Object operand, Facts facts, Table table) {
		return (fact != null) ? holds(fact, Objects.requireNonNullElse(operand, ""), facts, table) : this == ABSENT;
	}

	abstract boolean holds(Object fact, Object operand, Facts facts, Table table);

}
