package wsecho.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import wsecho.scenario.Scenarios;
import wsecho.scenario.parameter.Default;
import wsecho.scenario.parameter.Parameter;

/**
 * Describes the WebSocket paths as AsyncAPI 3.0 does, from the tables that route them and
 * read their parameters.
 */
final class AsyncApi {

	private static final JsonMapper JSON = new JsonMapper();

	private final ObjectNode document;

	/**
	 * Makes the description.
	 * @param version of the service
	 * @param paths all WebSocket paths
	 * @param modifiers the parameters that every path has beside its own
	 * @param http the paths of plain HTTP, of which AsyncAPI knows nothing
	 * @param signalr the parameters that the SignalR hub has beside the modifiers
	 */
	AsyncApi(String version, List<Scenarios.Path> paths, List<Parameter<?>> modifiers, List<String> http,
			List<Parameter<?>> signalr) {
		this.document = template();
		this.document.withObject("info").put("version", version);
		this.document.withObject("x-wsecho").put("version", version).set("http", JSON.valueToTree(http));
		this.document.withObject("x-wsecho")
			.withObject("signalr")
			.set("query", JSON.valueToTree(named(signalr, Parameter::name, AsyncApi::schema)));
		put("channels", named(paths, AsyncApi::id, (path) -> channel(path, modifiers)));
		put("operations", operations(paths));
		ObjectNode schemas = this.document.withObject("components").withObject("schemas");
		modifiers.forEach((modifier) -> schemas.set(modifier.name(), JSON.valueToTree(schema(modifier))));
	}

	/**
	 * The description, with the server that was asked for it.
	 * @param address of the request
	 */
	ObjectNode document(URI address) {
		ObjectNode document = JSON.createObjectNode();
		document.setAll(this.document);
		document.set("servers", servers(address));
		return document;
	}

	// a request in the clear may have come to a proxy by TLS
	private static ObjectNode servers(URI address) {
		ObjectNode servers = JSON.createObjectNode();
		if (!"https".equals(address.getScheme())) {
			server(servers, "ws", address).put("description", "where `http:` addresses of this host work");
		}
		server(servers, "wss", address).put("description", "where `https:` addresses of this host work");
		return servers;
	}

	private static ObjectNode server(ObjectNode servers, String protocol, URI address) {
		return servers.putObject(protocol).put("host", address.getRawAuthority()).put("protocol", protocol);
	}

	private static ObjectNode template() {
		try (InputStream template = new ClassPathResource("asyncapi.json", AsyncApi.class).getInputStream()) {
			return (ObjectNode) JSON.readTree(template);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void put(String name, Map<String, ?> values) {
		this.document.set(name, JSON.valueToTree(values));
	}

	private static Map<String, Object> channel(Scenarios.Path path, List<Parameter<?>> modifiers) {
		return Parameter.ordered("address", path.pattern(), "summary", path.summary(), "parameters",
				named(own(path, true), Parameter::name, (each) -> Map.of("description", text(each))), "messages",
				named(path.sends(), Function.identity(), (each) -> ref("components/messages", each)), "bindings",
				Map.of("ws", binding(path, modifiers)));
	}

	private static Map<String, Object> binding(Scenarios.Path path, List<Parameter<?>> modifiers) {
		Map<String, Object> properties = named(own(path, false), Parameter::name, AsyncApi::schema);
		modifiers.forEach((each) -> properties.put(each.name(), ref("components/schemas", each.name())));
		return Parameter.ordered("method", "GET", "query",
				Parameter.ordered("type", "object", "properties", properties), "bindingVersion", "0.1.0");
	}

	private static List<Parameter<?>> own(Scenarios.Path path, boolean inPath) {
		return path.parameters().stream().filter((each) -> path.holds(each) == inPath).toList();
	}

	private static Map<String, Object> schema(Parameter<?> parameter) {
		Map<String, Object> schema = new LinkedHashMap<>(parameter.schema());
		Default<?> defaultValue = parameter.defaultValue();
		schema.put("description", text(parameter) + " Default: " + defaultValue.text() + ".");
		if (defaultValue.literal()) {
			schema.put("default", isText(parameter) ? defaultValue.text() : defaultValue.value());
		}
		return schema;
	}

	private static boolean isText(Parameter<?> parameter) {
		return "string".equals(parameter.schema().get("type"));
	}

	private static String text(Parameter<?> parameter) {
		return parameter.meaning() + ". It must be " + parameter.accepts() + ".";
	}

	// in AsyncAPI the action is that of the server
	private static Map<String, Object> operations(List<Scenarios.Path> paths) {
		Map<String, Object> operations = new LinkedHashMap<>();
		for (Scenarios.Path path : paths) {
			if (path.echoes()) {
				operations.put("receive-" + id(path), operation("receive", path, List.of(Scenarios.Path.ANY)));
			}
			if (!path.sends().isEmpty()) {
				operations.put("send-" + id(path), operation("send", path, path.sends()));
			}
		}
		return operations;
	}

	private static Map<String, Object> operation(String action, Scenarios.Path path, List<String> messages) {
		List<?> sent = messages.stream().map((each) -> ref("channels/" + id(path) + "/messages", each)).toList();
		return Parameter.ordered("action", action, "channel", ref("channels", id(path)), "messages", sent);
	}

	private static String id(Scenarios.Path path) {
		return Stream.of(path.pattern().split("/", -1))
			.filter((part) -> !part.isEmpty() && !part.startsWith("{"))
			.collect(Collectors.joining("-"));
	}

	private static Map<String, String> ref(String to, String name) {
		return Map.of("$ref", "#/" + to + "/" + name);
	}

	private static <T> Map<String, Object> named(List<T> values, Function<T, String> name, Function<T, ?> made) {
		Map<String, Object> named = new LinkedHashMap<>();
		values.forEach((value) -> named.put(name.apply(value), Objects.requireNonNull(made.apply(value))));
		return named;
	}

}
