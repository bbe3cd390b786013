package wsecho.websocket;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a session is in its closing handshake (RFC 6455, 7.1), and the table of its
 * transitions. An event that a state has no transition for leaves it as it is.
 */
enum CloseState {

	/** Messages go both ways. */
	OPEN,

	/** This end will close: it reads no more, and sends the replies that are owed. */
	LEAVING,

	/** The client has closed: the replies that are owed are sent before the answer. */
	CLOSE_RECEIVED,

	/** The client has ended its direction without a Close: owed replies are sent. */
	HALF_CLOSED,

	/** This end has closed, and waits for the client's Close. */
	CLOSE_SENT,

	/** This end sends nothing more; what comes is discarded. */
	SILENT,

	/** This end sends nothing more, and reads nothing. */
	STALLED,

	/** This end has ended its direction, and waits for the client to end its own. */
	OUTPUT_ENDED,

	/** The connection is reset as soon as what was written has gone. */
	RESETTING,

	/** The connection, or its stream, has ended. */
	ENDED;

	/** What happens to a session. */
	enum Event {

		/** The client's Close frame has come. */
		CLOSE_FRAME,
		/** The client has ended its direction: FIN or END_STREAM. */
		INPUT_ENDED,
		/** The client has broken a rule, which this end answers with a Close. */
		VIOLATION,
		/** This end closes once the owed replies are sent. */
		GO_AWAY,
		/** This end closes. */
		CLOSE,
		/** The owed replies are sent, and the client's Close is answered. */
		ANSWER,
		/** This end ends its direction without a Close frame. */
		EOF,
		/** This end resets the connection. */
		ABORT,
		/** This end falls silent. */
		SILENCE,
		/** This end falls silent and stops reading. */
		STALL,
		/** The connection, or its stream, has ended. */
		CHANNEL_CLOSED

	}

	private static final Set<CloseState> SENDING = EnumSet.of(OPEN, LEAVING, CLOSE_RECEIVED, HALF_CLOSED);

	private static final Set<CloseState> NOT_READING = EnumSet.of(LEAVING, STALLED, RESETTING, ENDED);

	private static final Map<CloseState, Map<Event, CloseState>> TRANSITIONS = new EnumMap<>(CloseState.class);

	static {
		OPEN.on(Event.CLOSE_FRAME, CLOSE_RECEIVED)
			.on(Event.INPUT_ENDED, HALF_CLOSED)
			.on(Event.VIOLATION, OUTPUT_ENDED)
			.on(Event.GO_AWAY, LEAVING)
			.on(Event.CLOSE, CLOSE_SENT)
			.on(Event.EOF, OUTPUT_ENDED)
			.on(Event.ABORT, RESETTING)
			.on(Event.SILENCE, SILENT)
			.on(Event.STALL, STALLED);
		LEAVING.on(Event.CLOSE_FRAME, CLOSE_RECEIVED)
			.on(Event.INPUT_ENDED, HALF_CLOSED)
			.on(Event.VIOLATION, OUTPUT_ENDED)
			.on(Event.CLOSE, CLOSE_SENT)
			.on(Event.EOF, OUTPUT_ENDED);
		CLOSE_RECEIVED.on(Event.ANSWER, OUTPUT_ENDED).on(Event.SILENCE, SILENT);
		HALF_CLOSED.on(Event.CLOSE, OUTPUT_ENDED).on(Event.EOF, OUTPUT_ENDED);
		CLOSE_SENT.on(Event.CLOSE_FRAME, OUTPUT_ENDED)
			.on(Event.INPUT_ENDED, OUTPUT_ENDED)
			.on(Event.VIOLATION, OUTPUT_ENDED);
		SILENT.on(Event.INPUT_ENDED, OUTPUT_ENDED);
		STALLED.on(Event.INPUT_ENDED, OUTPUT_ENDED);
		for (CloseState state : values()) {
			state.on(Event.CHANNEL_CLOSED, ENDED);
		}
	}

	private CloseState on(Event event, CloseState next) {
		TRANSITIONS.computeIfAbsent(this, (state) -> new EnumMap<>(Event.class)).put(event, next);
		return this;
	}

	/** The state after an event. */
	CloseState after(Event event) {
		return TRANSITIONS.getOrDefault(this, Map.of()).getOrDefault(event, this);
	}

	/** Whether frames may be sent: this end's Close is none of them yet. */
	boolean isSending() {
		return SENDING.contains(this);
	}

	/** Whether this end reads, if only to discard what comes. */
	boolean isReading() {
		return !NOT_READING.contains(this);
	}

	/** Whether this end sends nothing more, while it leaves the connection open. */
	boolean isSilent() {
		return this == SILENT || this == STALLED;
	}

}
