package wsecho.scenario.parameter;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a parameter, as the client is told.
 *
 * @param parameter its name
 * @param value its value, or null if there is no parameter of that name
 * @param accepts what it may be, as what follows "it must be"
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fault(String parameter, @Nullable String value, String accepts) {

	/** The same in a sentence. */
	String detail() {
		String seen = (this.value != null) ? "is \"" + this.value + "\"" : "is no parameter of this path";
		return "%s %s; it must be %s.".formatted(this.parameter, seen, this.accepts);
	}

}
