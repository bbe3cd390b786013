package wsecho.check.table;

import java.util.Map;

/**
 * What the table makes of facts.
 *
 * @param verdict the verdict
 * @param say the name of the text
 * @param text what was seen and what it means
 * @param set what to set, by product
 */
public record Finding(Verdict verdict, String say, String text, Map<String, String> set) {

	static Finding notRun(String reason) {
		return new Finding(Verdict.NOT_RUN, "not-run", reason, Map.of());
	}

}
