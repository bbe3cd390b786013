package wsecho.websocket;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wsecho.websocket.CloseState.Event;

import static org.assertj.core.api.Assertions.assertThat;

/** Every event in every state of the closing handshake. */
class CloseStateTests {

	// a dot: the event changes nothing
	private static final String TABLE = """
			                CLOSE_FRAME    INPUT_ENDED  VIOLATION    GO_AWAY CLOSE        ANSWER       EOF          ABORT     SILENCE STALL   CHANNEL_CLOSED
			OPEN            CLOSE_RECEIVED HALF_CLOSED  OUTPUT_ENDED LEAVING CLOSE_SENT   .            OUTPUT_ENDED RESETTING SILENT  STALLED ENDED
			LEAVING         CLOSE_RECEIVED HALF_CLOSED  OUTPUT_ENDED .       CLOSE_SENT   .            OUTPUT_ENDED .         .       .       ENDED
			CLOSE_RECEIVED  .              .            .            .       .            OUTPUT_ENDED .            .         SILENT  .       ENDED
			HALF_CLOSED     .              .            .            .       OUTPUT_ENDED .            OUTPUT_ENDED .         .       .       ENDED
			CLOSE_SENT      OUTPUT_ENDED   OUTPUT_ENDED OUTPUT_ENDED .       .            .            .            .         .       .       ENDED
			SILENT          .              OUTPUT_ENDED .            .       .            .            .            .         .       .       ENDED
			STALLED         .              OUTPUT_ENDED .            .       .            .            .            .         .       .       ENDED
			OUTPUT_ENDED    .              .            .            .       .            .            .            .         .       .       ENDED
			RESETTING       .              .            .            .       .            .            .            .         .       .       ENDED
			ENDED           .              .            .            .       .            .            .            .         .       .       ENDED
			""";

	@ParameterizedTest(name = "{0}, {1}: {2}")
	@MethodSource
	void eventLeadsTo(CloseState state, Event event, CloseState next) {
		assertThat(state.after(event)).isEqualTo(next);
	}

	static Stream<Arguments> eventLeadsTo() {
		List<List<String>> rows = TABLE.lines().map((line) -> List.of(line.strip().split(" +"))).toList();
		List<String> events = rows.get(0);
		return rows.stream()
			.skip(1)
			.flatMap((row) -> events.stream()
				.map((event) -> arguments(row.get(0), event, row.get(events.indexOf(event) + 1))));
	}

	private static Arguments arguments(String state, String event, String next) {
		return Arguments.of(CloseState.valueOf(state), Event.valueOf(event),
				CloseState.valueOf(next.equals(".") ? state : next));
	}

	@Test
	void tableHasEveryStateAndEvent() {
		assertThat(eventLeadsTo()).hasSize(CloseState.values().length * Event.values().length);
	}

	@Test
	void whatIsSentEndsBeforeItsDirectionDoes() {
		assertThat(CloseState.values()).filteredOn(CloseState::isSending)
			.containsExactly(CloseState.OPEN, CloseState.LEAVING, CloseState.CLOSE_RECEIVED, CloseState.HALF_CLOSED);
	}

	@Test
	void noStateIsEnteredTwice() {
		Arrays.stream(CloseState.values())
			.forEach((state) -> assertThat(reachable(state)).as("from %s", state).doesNotContain(state));
	}

	// all but itself that one or more events lead to
	private static List<CloseState> reachable(CloseState state) {
		return Arrays.stream(Event.values())
			.map(state::after)
			.filter((next) -> next != state)
			.distinct()
			.flatMap((next) -> Stream.concat(Stream.of(next), reachable(next).stream()))
			.toList();
	}

}
