package wsecho.signalr.hub;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import wsecho.signalr.hub.Target.Answers;
import wsecho.signalr.protocol.JsonProtocol;
import wsecho.signalr.protocol.JsonValue;
import wsecho.signalr.protocol.JsonValue.BindingException;

/** Every target of the hub. */
final class Targets {

	private static final Set<Answers> RESULT = EnumSet.of(Answers.RESULT);

	private static final Set<Answers> STREAM = EnumSet.of(Answers.STREAM);

	private static final Set<Answers> EITHER = EnumSet.allOf(Answers.class);

	private static final long MOST_MILLIS = Duration.ofHours(1).toMillis();

	private static final Map<String, Target> ALL = Stream
		.of(new Target("Echo", 1, 0, RESULT, (call) -> call.result(call.argument(0))),
				new Target("Report", 0, 0, RESULT, (call) -> call.result(call.hub().report())),
				new Target("Count", 2, 0, STREAM, Targets::count),
				new Target("Send", Target.ANY, 0, RESULT, Targets::send), new Target("Ask", 1, 0, RESULT, Targets::ask),
				new Target("Upload", 0, 1, EITHER, Targets::upload), new Target("Fail", 1, 0, RESULT, Targets::fail),
				new Target("Close", 2, 0, RESULT, Targets::close))
		.collect(Collectors.toMap((target) -> key(target.name()), Function.identity()));

	private Targets() {
	}

	static void invoke(Call call) {
		Target target = ALL.get(key(call.target()));
		if (target == null) {
			call.refuse("Unknown hub method '" + call.target() + "'");
		}
		else {
			target.invoke(call);
		}
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	private static void count(Call call) throws BindingException, HubException {
		long items = within("n", call.argument(0).asLong(), call.hub().options().mostItems());
		long every = within("every", call.argument(1).asLong(), MOST_MILLIS);
		call.hub().ongoing().count(call, items, Duration.ofMillis(every));
	}

	private static void send(Call call) {
		call.hub().send(JsonProtocol.invocation(null, "Echo", call.arguments()));
		call.result(JsonValue.NULL);
	}

	private static void ask(Call call) throws HubException {
		String id = call.hub().ongoing().ask(call);
		call.hub().send(JsonProtocol.invocation(id, "Ask", call.arguments()));
	}

	private static void upload(Call call) throws HubException {
		call.hub().ongoing().upload(call);
	}

	private static void fail(Call call) throws BindingException, HubException {
		throw new HubException(Objects.requireNonNullElse(call.argument(0).asString(), ""));
	}

	private static void close(Call call) throws BindingException {
		String error = call.argument(0).asString();
		boolean allowReconnect = call.argument(1).asBoolean();
		call.result(JsonValue.NULL);
		call.hub().close(error, allowReconnect);
	}

	private static long within(String name, long value, long most) throws HubException {
		if (value < 0 || value > most) {
			throw new HubException(name + " is " + value + "; it must be from 0 to " + most + ".");
		}
		return value;
	}

}
