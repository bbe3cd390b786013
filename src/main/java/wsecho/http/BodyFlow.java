package wsecho.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import wsecho.websocket.ConnectionWindow;
import wsecho.websocket.HeldMemory;
import wsecho.websocket.Outgoing;

/**
 * How the body of a response and that of its request flow: what of them waits, which is
 * drawn of the memory budget, and whether more may be sent.
 */
final class BodyFlow {

	/** In bytes: another request that waits on the connection. */
	private static final long REQUEST = 24 * 1024;

	private final Channel channel;

	private final HeldMemory held;

	private final BodyTraffic traffic = new BodyTraffic();

	private @Nullable PacedBody body;

	/** What has come and not been dealt with, in bytes. */
	private long unread;

	/** What has been handed on and not been written yet, in bytes. */
	private long unwritten;

	/** How many writes the network has not taken. */
	private int untaken;

	/** Whether it will be looked what the network has taken. */
	private boolean looking;

	/** Whether nothing is read because of another request. */
	private boolean paused;

	BodyFlow(Channel channel, HeldMemory held) {
		this.channel = channel;
		this.held = held;
	}

	BodyTraffic traffic() {
		return this.traffic;
	}

	/** How much waits, in bytes; may be asked in any thread. */
	long held() {
		return this.held.bytes();
	}

	/** The body that is sent, unless it is a short one. */
	void sends(PacedBody body) {
		this.body = body;
	}

	/**
	 * Whether more may be sent: while memory is tight, not before the network has taken
	 * all that was.
	 */
	boolean isWritable() {
		return this.unwritten == 0 && this.channel.isWritable() && (this.untaken == 0 || !this.held.isTight());
	}

	/**
	 * Sends a piece that is none of the body's, if one can be sent now.
	 * @return whether it is sent; if not it is still the caller's
	 */
	boolean trySend(DataBuffer piece) {
		return this.body != null && this.body.trySend(piece);
	}

	/** So many bytes are on their way to the channel. */
	void sending(int bytes) {
		this.unwritten += bytes;
		this.traffic.sent(bytes);
	}

	/** All of a body that is one message is on its way. */
	void sendingWhole(DataBuffer all) {
		this.traffic.sent(all.readableByteCount());
		this.traffic.messageSent();
	}

	/** So many bytes have reached the channel; {@link #taken} follows. */
	void written(int bytes) {
		this.untaken++;
		this.unwritten = Math.max(0, this.unwritten - bytes);
		resume();
	}

	/** The network has taken what was written at once, or it is lost. */
	void taken() {
		this.untaken--;
		if (!this.looking) {
			this.looking = true;
			// in a turn of its own: the network may take more, and all of it is one
			// change
			this.channel.eventLoop().execute(() -> {
				this.looking = false;
				resume();
			});
		}
	}

	/** So many bytes of the request's body have come. */
	void received(int bytes) {
		if (bytes > 0) {
			this.traffic.received(bytes);
			this.unread += bytes;
			account();
		}
	}

	/** So many bytes of the request's body have been dealt with. */
	void dealtWith(int bytes) {
		this.unread -= bytes;
		account();
	}

	/** Another request has come, before this one is answered. */
	void anotherRequest() {
		this.paused = true;
		this.channel.config().setAutoRead(false);
		this.unread += REQUEST;
		account();
	}

	/** More may be sent, perhaps. */
	void resume() {
		account();
		if (this.body != null) {
			this.body.resume();
		}
	}

	/** The response has ended. */
	void end() {
		// WebFlux does not, if the connection ends before it sends the first piece
		if (this.body != null) {
			this.body.cancel();
		}
		this.held.end();
	}

	/** Another request that has come may be answered. */
	void release() {
		if (this.paused) {
			this.channel.config().setAutoRead(true);
		}
	}

	private void account() {
		// a connection that has just been closed does not know what waits
		if (this.channel.isActive()) {
			this.held.inChannel(Outgoing.pending(this.channel) + this.unwritten + this.unread + window());
		}
	}

	// what comes without being read, over HTTP/2
	private int window() {
		return (this.channel instanceof Http2StreamChannel stream && !stream.config().isAutoRead())
				? ConnectionWindow.ofStream(stream) : 0;
	}

}
