package wsecho.check.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import wsecho.check.client.End;
import wsecho.check.client.Message;
import wsecho.check.client.Piece;
import wsecho.check.client.Session;
import wsecho.check.client.Transfer;
import wsecho.websocket.codec.Opcode;

/** A transport of a SignalR hub that is open: what is sent on it, and what comes. */
interface HubCarrier extends AutoCloseable {

	/** Sends a record. */
	void send(String hubRecord) throws IOException, InterruptedException;

	/** What has come next, or null if nothing does in time. */
	@Nullable String receive(long untilNanos) throws IOException, InterruptedException;

	/** How it ended, or null if it has not. */
	@Nullable End end() throws InterruptedException;

	@Override
	void close();

	/**
	 * A WebSocket.
	 *
	 * @param session the session
	 */
	record Socket(Session session) implements HubCarrier {

		@Override
		public void send(String hubRecord) {
			this.session.send(Opcode.TEXT, hubRecord.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
		}

		@Override
		public @Nullable String receive(long untilNanos) throws InterruptedException {
			Message next = this.session.receive(untilNanos);
			return (next != null) ? next.beginning() : null;
		}

		@Override
		public @Nullable End end() throws InterruptedException {
			return this.session.awaitEnd(Duration.ZERO);
		}

		@Override
		public void close() {
			this.session.discard();
		}

	}

	/**
	 * An event stream, beside which is posted.
	 *
	 * @param stream the stream
	 * @param requests posts
	 */
	record Events(Transfer stream, HubRequests requests) implements HubCarrier {

		@Override
		public void send(String hubRecord) throws IOException, InterruptedException {
			this.requests.post(hubRecord);
		}

		@Override
		public @Nullable String receive(long untilNanos) throws InterruptedException {
			Piece next = this.stream.receive(untilNanos);
			return (next != null) ? next.bytes() : null;
		}

		@Override
		public @Nullable End end() throws InterruptedException {
			return this.stream.awaitEnd(Duration.ZERO);
		}

		@Override
		public void close() {
			this.stream.close();
		}

	}

	/**
	 * Polls, beside which is posted.
	 *
	 * @param requests polls and posts
	 */
	record Polls(HubRequests requests) implements HubCarrier {

		@Override
		public void send(String hubRecord) throws IOException, InterruptedException {
			this.requests.post(hubRecord);
		}

		@Override
		public @Nullable String receive(long untilNanos) throws IOException, InterruptedException {
			Duration left = Duration.ofNanos(Math.max(0, untilNanos - System.nanoTime()));
			return this.requests.poll(left);
		}

		// each is a request of its own
		@Override
		public @Nullable End end() {
			return null;
		}

		// one that is left is given up by the server after 15 s
		@Override
		public void close() {
		}

	}

}
