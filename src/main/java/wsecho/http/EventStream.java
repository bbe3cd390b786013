package wsecho.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import wsecho.scenario.NumberedMessages;
import wsecho.scenario.parameter.HttpParameters;
import wsecho.scenario.parameter.PushParameters;
import wsecho.scenario.shape.Delay;
import wsecho.websocket.SessionOptions;

/**
 * Sends numbered messages as events (WHATWG HTML, 9.2), never faster than the client
 * reads.
 *
 * @param messages the messages
 * @param asked what the client asks for
 * @param held how much of what is delayed may be held
 */
record EventStream(NumberedMessages messages, HttpParameters.Events asked, DataSize held) implements Answer {

	/**
	 * A stream of events.
	 * @param asked what the client asks for
	 * @param lastEventId the member of the first message that reports Last-Event-ID, or
	 * nothing
	 * @param held how much of what is delayed may be held
	 */
	static EventStream of(HttpParameters.Events asked, String lastEventId, DataSize held) {
		return new EventStream(new NumberedMessages(asked.every(), asked.size(), asked.count(),
				PushParameters.Format.TEXT, lastEventId), asked, held);
	}

	@Override
	public SessionOptions options() {
		return this.asked.options();
	}

	// no charset: there is only one (WHATWG HTML, 9.2.3), and some clients compare
	@Override
	public void describe(HttpHeaders headers) {
		headers.set(HttpHeaders.CONTENT_TYPE, "text/event-stream");
		if (!this.asked.gathered()) {
			headers.set("X-Accel-Buffering", "no");
		}
	}

	// the comment at the beginning takes the header along: an event may be long in coming
	@Override
	public Publisher<DataBuffer> body(ResponseSession session) {
		Duration lifetime = this.asked.lifetime();
		EventWriter writer = new EventWriter(session.traffic(), session.buffers());
		session.sends(writer);
		Flux<DataBuffer> events = Mono.justOrEmpty(writer.comment("open")).concatWith(events(session, writer));
		Flux<DataBuffer> timed = (lifetime != null) ? events.takeUntilOther(Mono.delay(lifetime, session.scheduler()))
				: events;
		return timed.concatWith(Mono.fromSupplier(() -> farewell(session, writer)));
	}

	private Flux<DataBuffer> events(ResponseSession session, EventWriter writer) {
		Scheduler scheduler = session.scheduler();
		Flux<WebSocketMessage> made = this.messages.made(scheduler, session.buffers(), session.leaving());
		Flux<WebSocketMessage> due = this.asked.delay().isZero() ? made
				: Delay.of(made, this.asked.delay(), this.held, scheduler, session.memory());
		return due.map(writer::write);
	}

	private static @Nullable DataBuffer farewell(ResponseSession session, EventWriter writer) {
		String farewell = session.farewell();
		return (farewell != null) ? writer.comment(farewell) : null;
	}

}
