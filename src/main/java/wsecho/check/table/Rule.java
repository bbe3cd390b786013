package wsecho.check.table;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A rule: if all of its conditions hold, that is the verdict. Or the name of shared rules
 * that stand in its place.
 *
 * @param conditions what has to hold
 * @param then the verdict
 * @param say the name of the text
 * @param use the name of shared rules
 */
record Rule(@JsonProperty("if") List<Condition> conditions, @Nullable Verdict then, @Nullable String say,
		@Nullable String use) {

	Rule {
		conditions = (conditions != null) ? conditions : List.of();
	}

}
