package wsecho.signalr.hub;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import wsecho.signalr.protocol.HandshakeRequest;
import wsecho.signalr.protocol.HubMessage;
import wsecho.signalr.protocol.JsonProtocol;
import wsecho.signalr.protocol.JsonValue;
import wsecho.signalr.protocol.ProtocolException;
import wsecho.signalr.protocol.Records;
import wsecho.websocket.HeldMemory;

/**
 * One connection of the hub: bytes come in, batches of records go out. Everything happens
 * in the thread of its scheduler.
 */
public final class HubConnection {

	/** With its separator, in bytes. */
	private static final int MOST_OF_RECORD = 32 * 1024;

	private static final Duration HANDSHAKE = Duration.ofSeconds(15);

	private final Scheduler loop;

	private final HubOptions options;

	private final Supplier<JsonValue> report;

	private final Records records = new Records(MOST_OF_RECORD);

	private final Outbox outbox;

	private final Ongoing ongoing;

	private final SignsOfLife signs;

	private final Disposable.Composite timers;

	private State state = State.SHAKING_HANDS;

	/** Run when what has come is dealt with. */
	private @Nullable Runnable dealtWith;

	private boolean working;

	private long sent;

	private enum State {

		/** The first record is awaited. */
		SHAKING_HANDS,
		/** Messages go both ways. */
		OPEN,
		/** What comes is dropped, and what waits is sent. */
		CLOSING

	}

	/**
	 * One whose client has yet to shake hands.
	 * @param loop a single thread, which tells the time too
	 * @param memory is told what it holds
	 * @param options of it
	 * @param report what the target of that name tells
	 */
	public HubConnection(Scheduler loop, HeldMemory memory, HubOptions options, Supplier<JsonValue> report) {
		this.loop = loop;
		this.options = options;
		this.report = report;
		this.outbox = new Outbox(memory, () -> loop.schedule(this::work));
		this.ongoing = new Ongoing(loop, this::work);
		this.signs = new SignsOfLife(loop, options, this.outbox, this::ping, this::giveUp);
		this.timers = Disposables.composite();
		after(HANDSHAKE, () -> refuse("Handshake was canceled."));
		if (options.lifetime() != null) {
			after(options.lifetime(), this::finish);
		}
	}

	/**
	 * What the client is sent: each batch is made of all that waits when it is requested.
	 * Completes when the connection is to end. To be subscribed to once.
	 */
	public Flux<byte[]> batches() {
		return this.outbox.batches();
	}

	/**
	 * Takes over what has come, unless something else has come before that is not dealt
	 * with.
	 * @param bytes not to be changed any more
	 * @return completes when all of it is dealt with, as far as it is whole
	 */
	public Mono<Void> accept(byte[] bytes) {
		return Mono.create((sink) -> {
			if (this.state == State.CLOSING) {
				sink.success();
				return;
			}
			this.signs.heard();
			this.records.feed(bytes);
			this.dealtWith = sink::success;
			work();
		});
	}

	/** The service, or what carries the connection, ends it. */
	public void leave() {
		if (this.state == State.SHAKING_HANDS) {
			refuse("Handshake was canceled.");
		}
		else {
			close(null, this.options.allowReconnect());
			work();
		}
	}

	/** What carries the connection has ended. */
	public void end() {
		stop();
		this.outbox.end();
	}

	HubOptions options() {
		return this.options;
	}

	JsonValue report() {
		return this.report.get();
	}

	Ongoing ongoing() {
		return this.ongoing;
	}

	/** Sends a message, after which the connection may have to end. */
	void send(byte[] record) {
		this.outbox.add(record);
		this.sent++;
		Long most = this.options.messages();
		if (most != null && this.sent >= most) {
			finish();
		}
	}

	/**
	 * Ends the connection.
	 * @param error what went wrong, or null
	 * @param allowReconnect whether the client may come again by itself
	 */
	void close(@Nullable String error, boolean allowReconnect) {
		if (this.state != State.CLOSING) {
			this.outbox.add(JsonProtocol.close(error, allowReconnect));
			stop();
		}
	}

	/** Deals with what has come, and with what is due, as far as there is room. */
	private void work() {
		if (this.working) {
			return;
		}
		this.working = true;
		while (this.state != State.CLOSING && this.outbox.hasRoom() && dispatchNext()) {
		}
		if (this.state == State.OPEN) {
			this.ongoing.advance(this.outbox);
		}
		this.working = false;
		this.outbox.drain();
		if (this.state == State.CLOSING || this.outbox.hasRoom()) {
			dealtWith();
		}
	}

	private void dealtWith() {
		Runnable done = this.dealtWith;
		this.dealtWith = null;
		if (done != null) {
			done.run();
		}
	}

	private boolean dispatchNext() {
		try {
			byte[] record = this.records.next();
			if (record != null) {
				dispatch(record);
			}
			return record != null;
		}
		catch (ProtocolException ex) {
			violated(ex);
			return false;
		}
	}

	private void dispatch(byte[] record) throws ProtocolException {
		if (this.state == State.SHAKING_HANDS) {
			shakeHands(JsonProtocol.readHandshake(record));
		}
		else {
			receive(JsonProtocol.read(record));
		}
	}

	private void shakeHands(HandshakeRequest request) {
		String refusal = request.refusal();
		if (refusal != null) {
			refuse(refusal);
			return;
		}
		this.state = State.OPEN;
		this.outbox.add(JsonProtocol.handshakeResponse(null));
		this.signs.start();
	}

	private void receive(HubMessage message) {
		if (message instanceof HubMessage.Invocation invocation) {
			Targets.invoke(new Call(invocation, this));
		}
		else if (message instanceof HubMessage.StreamItem item) {
			this.ongoing.item(item);
		}
		else if (message instanceof HubMessage.Completion completion) {
			this.ongoing.completed(completion);
		}
		else if (message instanceof HubMessage.Cancel cancel) {
			this.ongoing.cancel(cancel.id());
		}
		else if (message instanceof HubMessage.Ping) {
			this.signs.pinged();
		}
		else if (message instanceof HubMessage.Close) {
			stop();
		}
	}

	private void violated(ProtocolException violation) {
		if (this.state == State.SHAKING_HANDS) {
			refuse("An unexpected error occurred during connection handshake. InvalidDataException: "
					+ violation.getMessage());
		}
		else {
			close("Connection closed with an error. InvalidDataException: " + violation.getMessage(),
					this.options.allowReconnect());
		}
	}

	private void refuse(String error) {
		if (this.state == State.SHAKING_HANDS) {
			this.outbox.add(JsonProtocol.handshakeResponse(error));
			stop();
			work();
		}
	}

	private void ping() {
		this.outbox.add(JsonProtocol.ping());
		this.outbox.drain();
	}

	private void giveUp() {
		close("Connection closed with an error. OperationCanceledException: Client hasn't sent a message/ping within "
				+ "the configured ClientTimeoutInterval.", this.options.allowReconnect());
		work();
	}

	/** The connection has lasted as long as the client has asked for. */
	private void finish() {
		if (this.options.farewell()) {
			leave();
		}
		else {
			stop();
			work();
		}
	}

	private void after(Duration delay, Runnable task) {
		this.timers.add(this.loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
	}

	// what is in the outbox is still sent
	private void stop() {
		this.state = State.CLOSING;
		this.timers.dispose();
		this.signs.stop();
		this.ongoing.end();
		this.outbox.complete();
	}

}
