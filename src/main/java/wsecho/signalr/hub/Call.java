package wsecho.signalr.hub;

import java.util.List;

import org.jspecify.annotations.Nullable;
import wsecho.signalr.protocol.HubMessage;
import wsecho.signalr.protocol.JsonProtocol;
import wsecho.signalr.protocol.JsonValue;

/**
 * A call of a client's. One without an id is never answered, whatever becomes of it.
 *
 * @param invocation what the client sent
 * @param hub the connection that it came by
 */
record Call(HubMessage.Invocation invocation, HubConnection hub) {

	@Nullable String id() {
		return this.invocation.id();
	}

	String target() {
		return this.invocation.target();
	}

	JsonValue argument(int index) {
		return this.invocation.arguments().get(index);
	}

	List<JsonValue> arguments() {
		return this.invocation.arguments();
	}

	/** As much as a client can make of it, in bytes. */
	int size() {
		int size = target().length() + ((id() != null) ? id().length() : 0);
		for (JsonValue each : arguments()) {
			size += each.length();
		}
		for (String each : this.invocation.uploads()) {
			size += each.length();
		}
		return size;
	}

	/** One more item of a stream. */
	void item(JsonValue item) {
		if (id() != null) {
			this.hub.send(JsonProtocol.streamItem(id(), item));
		}
	}

	/** The end of a stream. */
	void complete() {
		if (id() != null) {
			this.hub.send(JsonProtocol.completion(id(), null));
		}
	}

	/** The result of a call. */
	void result(JsonValue result) {
		if (id() != null) {
			this.hub.send(JsonProtocol.completion(id(), result));
		}
	}

	void fail(HubException failure) {
		refuse("An unexpected error occurred invoking '" + target() + "' on the server. HubException: "
				+ failure.getMessage());
	}

	void fail(JsonValue.BindingException failure) {
		refuseArguments(failure.getMessage());
	}

	void refuseArguments(@Nullable String reason) {
		refuse("Failed to invoke '" + target() + "' due to an error on the server. InvalidDataException: " + reason);
	}

	void refuse(String error) {
		if (id() != null) {
			this.hub.send(JsonProtocol.failure(id(), error));
		}
	}

}
