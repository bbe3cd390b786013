package wsecho.signalr.hub;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import wsecho.signalr.protocol.HandshakeRequest;
import wsecho.signalr.protocol.JsonProtocol;
import wsecho.signalr.protocol.JsonValue;
import wsecho.signalr.protocol.ProtocolException;
import wsecho.websocket.HeldMemory;

/**
 * One connection of the hub: bytes come in, batches of records go out. Everything happens
 * in the thread of its scheduler.
 */
public final class HubConnection {

	private static final Duration HANDSHAKE = Duration.ofSeconds(15);

	private final HubOptions options;

	private final Supplier<JsonValue> report;

	private final Inbox inbox;

	private final Outbox outbox;

	private final Ongoing ongoing;

	private final SignsOfLife signs;

	private final Dispatcher dispatcher;

	private final Timers timers;

	private HubState state = HubState.SHAKING_HANDS;

	private boolean working;

	private long sent;

	/**
	 * One whose client has yet to shake hands.
	 * @param loop a single thread, which tells the time too
	 * @param memory is told what it holds
	 * @param options of it
	 * @param report what the target of that name tells
	 */
	public HubConnection(Scheduler loop, HeldMemory memory, HubOptions options, Supplier<JsonValue> report) {
		this.options = options;
		this.report = report;
		this.timers = new Timers(loop);
		this.outbox = new Outbox(memory, this.timers, () -> loop.schedule(this::work));
		this.inbox = new Inbox(memory);
		this.ongoing = new Ongoing(loop, memory, this::work);
		this.signs = new SignsOfLife(this.timers, options, this.outbox, this::ping, this::giveUp);
		this.dispatcher = new Dispatcher(this, this.ongoing, this.signs);
		this.timers.after(HANDSHAKE.toNanos(), () -> refuse("Handshake was canceled."));
		if (options.lifetime() != null) {
			this.timers.after(options.lifetime().toNanos(), this::finish);
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
	 * Takes over what has come, when there is room for it. One at a time.
	 * @param bytes not to be changed any more
	 * @return completes when there is room for more, or the connection ends
	 */
	public Mono<Void> accept(byte[] bytes) {
		// what came before may have been given up, and still have no room
		return room().then(Mono.defer(() -> {
			if (this.state != HubState.CLOSING) {
				this.signs.heard();
				this.inbox.feed(bytes);
				work();
			}
			return room();
		}));
	}

	private Mono<Void> room() {
		return Mono.create((sink) -> {
			if (this.state == HubState.CLOSING || this.inbox.hasRoom()) {
				sink.success();
			}
			else {
				this.inbox.whenRoom(sink::success);
			}
		});
	}

	/** The service, or what carries the connection, ends it. */
	public void leave() {
		if (this.state == HubState.SHAKING_HANDS) {
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
		this.inbox.takeMore();
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
		if (this.state != HubState.CLOSING) {
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
		while (this.state != HubState.CLOSING && this.outbox.hasRoom() && dispatchNext()) {
		}
		if (this.state == HubState.OPEN) {
			this.ongoing.advance(this.outbox);
		}
		this.working = false;
		this.outbox.drain();
		if (this.state == HubState.CLOSING || this.inbox.hasRoom()) {
			this.inbox.takeMore();
		}
		this.inbox.account();
	}

	private boolean dispatchNext() {
		try {
			byte[] record = this.inbox.next();
			if (record == null) {
				return false;
			}
			if (this.state == HubState.SHAKING_HANDS) {
				shakeHands(JsonProtocol.readHandshake(record));
			}
			else {
				this.dispatcher.dispatch(JsonProtocol.read(record));
			}
			return true;
		}
		catch (ProtocolException ex) {
			violated(ex);
			return false;
		}
	}

	private void shakeHands(HandshakeRequest request) {
		String refusal = request.refusal();
		if (refusal != null) {
			refuse(refusal);
			return;
		}
		this.state = HubState.OPEN;
		this.outbox.add(JsonProtocol.handshakeResponse(null));
		this.signs.start();
	}

	private void violated(ProtocolException violation) {
		if (this.state == HubState.SHAKING_HANDS) {
			refuse("An unexpected error occurred during connection handshake. InvalidDataException: "
					+ violation.getMessage());
		}
		else {
			close("Connection closed with an error. InvalidDataException: " + violation.getMessage(),
					this.options.allowReconnect());
		}
	}

	private void refuse(String error) {
		if (this.state == HubState.SHAKING_HANDS) {
			this.outbox.add(JsonProtocol.handshakeResponse(error));
			stop();
			work();
		}
	}

	// what waits for the client tells it as much when it is taken
	private void ping() {
		if (this.outbox.isEmpty()) {
			this.outbox.add(JsonProtocol.ping());
			this.outbox.drain();
		}
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

	/** Nothing more is sent but what waits already. */
	void stop() {
		this.state = HubState.CLOSING;
		this.timers.stop();
		this.ongoing.end();
		this.outbox.complete();
	}

}
