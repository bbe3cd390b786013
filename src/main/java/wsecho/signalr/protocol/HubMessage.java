package wsecho.signalr.protocol;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** What a client sends, after the handshake. */
public sealed interface HubMessage {

	/**
	 * Calls a target.
	 *
	 * @param id of the call; null if there is to be no answer
	 * @param target its name
	 * @param arguments as they were written
	 * @param uploads the ids of the streams that the client sends
	 * @param streaming whether the answer is to be a stream
	 */
	record Invocation(@Nullable String id, String target, List<JsonValue> arguments, List<String> uploads,
			boolean streaming) implements HubMessage {

	}

	/**
	 * An item of a stream that the client sends.
	 *
	 * @param id of the stream
	 * @param item as it was written
	 */
	record StreamItem(String id, JsonValue item) implements HubMessage {

	}

	/**
	 * The end of a stream that the client sends, or its answer to a call of the server's.
	 *
	 * @param id of the stream or of the call
	 * @param error what went wrong, or null
	 * @param result of the call, as it was written; or null
	 */
	record Completion(String id, @Nullable String error, @Nullable JsonValue result) implements HubMessage {

	}

	/**
	 * Ends a stream that the server sends.
	 *
	 * @param id of the call
	 */
	record Cancel(String id) implements HubMessage {

	}

	/** A sign of life. */
	record Ping() implements HubMessage {

	}

	/** The client ends the connection. */
	record Close() implements HubMessage {

	}

	/** Of a type that this server does not know. */
	record Unknown() implements HubMessage {

	}

}
