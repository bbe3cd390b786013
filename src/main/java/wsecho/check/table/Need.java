package wsecho.check.table;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a check may need.
 *
 * @param check the check whose facts tell, or null if values do
 * @param conditions what has to hold
 * @param say why a check that needs it is not run without
 */
public record Need(@Nullable String check, @JsonProperty("if") List<Condition> conditions, String say) {

	public boolean isMet(Facts facts, Values values, Table table) {
		return this.conditions.stream().allMatch((condition) -> condition.holds(facts, values, table));
	}

}
