package wsecho.check.script;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import wsecho.check.table.Facts;

/**
 * Facts of the report that a wsecho sends of a handshake.
 *
 * @param report the report
 * @param sent the fields of the handshake that was sent
 */
record ReportFacts(JsonNode report, List<Entry<String, String>> sent) {

	/** Those that are set anew at each hop, or that another check is for. */
	private static final Set<String> LEFT_OUT = Set.of("connection", "upgrade", "host", "origin", "sec-websocket-key",
			"cache-control");

	void addTo(Facts facts) {
		facts.put("report.session", text("session")).put("report.http", text("http"));
		facts.put("report.subprotocols.offered", list("subprotocols", "offered"));
		facts.put("report.subprotocols.accepted", list("subprotocols", "accepted"));
		facts.put("report.extensions.offered", list("extensions", "offered"));
		facts.put("report.extensions.accepted", list("extensions", "accepted"));
		this.report.path("headers").valueStream().filter((field) -> field.has("value")).forEach((field) -> {
			facts.put("report.fields." + name(field), field.path("value").asString());
		});
		if (this.report.path("headers").isArray()) {
			facts.put("report.tls", this.report.path("tls").isObject());
			compare(facts);
		}
	}

	private @Nullable String text(String member) {
		JsonNode node = this.report.path(member);
		return node.isString() ? node.asString() : null;
	}

	private @Nullable String list(String negotiated, String member) {
		JsonNode list = this.report.path(negotiated).path(member);
		return list.isArray() ? list.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")) : null;
	}

	private static String name(JsonNode field) {
		String name = field.path("name").asString("").toLowerCase(Locale.ROOT);
		// what Host is to HTTP/1.1 (RFC 9113, 8.3.1)
		return name.equals(":authority") ? "host" : name;
	}

	private void compare(Facts facts) {
		Map<String, JsonNode> arrived = new HashMap<>();
		this.report.path("headers").valueStream().forEach((field) -> arrived.put(name(field), field));
		Set<String> missing = new TreeSet<>();
		Set<String> changed = new TreeSet<>();
		for (Entry<String, String> field : this.sent) {
			String name = field.getKey().toLowerCase(Locale.ROOT);
			JsonNode there = arrived.remove(name);
			if (LEFT_OUT.contains(name)) {
				continue;
			}
			if (there == null) {
				missing.add(field.getKey());
			}
			else if (!isSame(there, field.getValue())) {
				changed.add(field.getKey());
			}
		}
		arrived.keySet().removeAll(LEFT_OUT);
		facts.put("report.missing", joined(missing)).put("report.changed", joined(changed));
		facts.put("report.added", joined(new TreeSet<>(arrived.keySet())));
	}

	private static boolean isSame(JsonNode arrived, String value) {
		return arrived.has("value") ? arrived.path("value").asString().equals(value)
				: arrived.path("length").asInt() == value.length();
	}

	private static String joined(Collection<String> names) {
		return String.join(", ", names);
	}

}
