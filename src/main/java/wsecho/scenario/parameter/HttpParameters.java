package wsecho.scenario.parameter;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import wsecho.websocket.SessionOptions;

/**
 * The parameters of the paths of plain HTTP: those of {@code /websocket/push} and the
 * modifiers, as far as they have a meaning there, and a few of their own.
 */
public final class HttpParameters {

	private final Modifiers modifiers;

	private final PushParameters push;

	private final Parameter<Accel> accel = Parameter.choice("accel",
			"whether nginx may gather the events; `no` adds `X-Accel-Buffering: no`", Accel.values(),
			Default.of(Accel.YES));

	private final Parameter<Duration> held;

	/** Whether a proxy may gather the response. */
	public enum Accel {

		/** As it likes. */
		YES,
		/** It is told not to. */
		NO

	}

	public HttpParameters(Caps caps, Modifiers modifiers) {
		this.modifiers = modifiers;
		this.push = PushParameters.of(caps);
		this.held = Parameter.duration("duration", "how long the answer is held", Duration.ZERO, caps.lifetime(),
				Default.required());
	}

	/** Those of an event stream. */
	public List<Parameter<?>> ofEvents() {
		return with(this.push.every(), this.push.size(), this.push.count(), this.modifiers.lifetime(),
				this.modifiers.end(), this.modifiers.delay(), this.modifiers.ping(), this.accel);
	}

	/** Those of an answer that is held. */
	public List<Parameter<?>> ofHold() {
		return with(this.held, this.modifiers.end());
	}

	/** Those of a body that comes back. */
	public List<Parameter<?>> ofEcho() {
		return with(this.modifiers.ping());
	}

	/** Those of any other request. */
	public List<Parameter<?>> ofRequest() {
		return with();
	}

	/** Reads those of an event stream. */
	public Events events(Query query) {
		Duration delay = query.get(this.modifiers.delay());
		Events events = new Events(query.get(this.push.every()), query.get(this.push.size()),
				query.get(this.push.count()), query.get(this.modifiers.lifetime()), delay,
				query.get(this.accel) == Accel.YES, options(query, query.get(this.modifiers.ping()), delay));
		this.modifiers.finish(query);
		return events;
	}

	/** Reads those of an answer that is held. */
	public Hold hold(Query query) {
		Hold hold = new Hold(query.path(this.held), options(query, Duration.ZERO, Duration.ZERO));
		this.modifiers.finish(query);
		return hold;
	}

	/** Reads those of a body that comes back. */
	public SessionOptions echo(Query query) {
		SessionOptions options = ending(query.get(this.modifiers.ping()));
		this.modifiers.finish(query);
		return options;
	}

	/** Reads those of any other request. */
	public SessionOptions request(Query query) {
		this.modifiers.finish(query);
		return SessionOptions.standard(Long.MAX_VALUE);
	}

	private SessionOptions options(Query query, @Nullable Duration ping, Duration hold) {
		return new SessionOptions(Long.MAX_VALUE, ping, Set.of(), this.modifiers.plainEnd(query), hold);
	}

	private static SessionOptions ending(@Nullable Duration ping) {
		SessionOptions standard = SessionOptions.standard(Long.MAX_VALUE);
		return new SessionOptions(standard.messageLimit(), ping, standard.withheld(), standard.end(), standard.hold());
	}

	private List<Parameter<?>> with(Parameter<?>... own) {
		return Stream.concat(Stream.of(own), this.modifiers.ofRequest().stream()).toList();
	}

	/**
	 * What a client asks of an event stream.
	 *
	 * @param every the interval
	 * @param size the size of an event's data, 0 for no padding
	 * @param count how many events
	 * @param lifetime the time after which the server ends it; or null for no limit
	 * @param delay how long each event is delayed
	 * @param gathered whether a proxy may gather the events
	 * @param options of the session
	 */
	public record Events(Duration every, DataSize size, long count, @Nullable Duration lifetime, Duration delay,
			boolean gathered, SessionOptions options) {

	}

	/**
	 * What a client asks of an answer that is held.
	 *
	 * @param duration how long
	 * @param options of the session
	 */
	public record Hold(Duration duration, SessionOptions options) {

	}

}
