package wsecho.handshake;

import java.util.ArrayList;
import java.util.List;

import org.springframework.http.HttpHeaders;

/** A header field whose value is a list of elements, separated by commas. */
final class ListField {

	private ListField() {
	}

	/**
	 * The elements of a field. Several lines are one list (RFC 9110, 5.3), and empty
	 * elements do not count (5.6.1.2).
	 * @param headers the request's
	 * @param name of the field
	 */
	static List<String> elements(HttpHeaders headers, String name) {
		List<String> lines = headers.getOrEmpty(name);
		if (lines.isEmpty()) {
			return lines;
		}
		List<String> elements = new ArrayList<>(2);
		for (String line : lines) {
			addElements(line, elements);
		}
		return elements;
	}

	/** Whether one of the elements is that one, in whatever case. */
	static boolean names(HttpHeaders headers, String name, String element) {
		for (String each : elements(headers, name)) {
			if (each.equalsIgnoreCase(element)) {
				return true;
			}
		}
		return false;
	}

	// each handshake comes through here several times: neither a stream nor split
	private static void addElements(String line, List<String> to) {
		int start = 0;
		while (start <= line.length()) {
			int comma = line.indexOf(',', start);
			int end = (comma < 0) ? line.length() : comma;
			String element = line.substring(start, end).strip();
			if (!element.isEmpty()) {
				to.add(element);
			}
			start = end + 1;
		}
	}

}
