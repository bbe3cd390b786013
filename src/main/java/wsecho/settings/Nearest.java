package wsecho.settings;

import java.util.Comparator;
import java.util.List;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Finds the setting that was meant by a name that is none. */
final class Nearest {

	private Nearest() {
	}

	/**
	 * Finds it.
	 * @param name what was written
	 * @param known what there is, of which the first wins where two are as near
	 * @return its name
	 */
	static String to(ConfigurationPropertyName name, List<Setting> known) {
		ConfigurationPropertyName written = Setting.isOwn(name) ? name.subName(1) : name;
		return known.stream()
			.map(Setting::name)
			.min(Comparator.comparingInt((ConfigurationPropertyName each) -> distance(written, each))
				.thenComparingInt((each) -> each.toString().length()))
			.orElseThrow()
			.toString();
	}

	// by the end of the name alone, too: who writes "port" means "server.port"
	private static int distance(ConfigurationPropertyName written, ConfigurationPropertyName known) {
		int start = Math.max(0, known.getNumberOfElements() - written.getNumberOfElements());
		return distance(written.toString(), known.subName(start).toString());
	}

	// Levenshtein's
	private static int distance(String from, String to) {
		int[] last = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			last[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int[] next = new int[to.length() + 1];
			next[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int changed = last[j - 1] + ((from.charAt(i - 1) != to.charAt(j - 1)) ? 1 : 0);
				next[j] = Math.min(changed, 1 + Math.min(last[j], next[j - 1]));
			}
			last = next;
		}
		return last[to.length()];
	}

}
