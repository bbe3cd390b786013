package wsecho.check.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import wsecho.websocket.codec.ClosePayload;
import wsecho.websocket.codec.MaskedFrame;
import wsecho.websocket.codec.Opcode;

/** An open WebSocket, as its client sees it. */
public final class Session {

	private static final int NO_CODE = 1005;

	private static final int NO_CLOSE = 1006;

	private static final int MAX_KEPT = 64 * 1024;

	private static final SecureRandom MASKS = new SecureRandom();

	private final CompletableFuture<Channel> channel = new CompletableFuture<>();

	private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

	private final Queue<byte[]> expected = new ConcurrentLinkedQueue<>();

	private final CompletableFuture<End> end = new CompletableFuture<>();

	/** When the connection has ended too. */
	private final CompletableFuture<Long> gone = new CompletableFuture<>();

	private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

	private long length;

	private int frames;

	private long differsAt = -1;

	private boolean closeSent;

	private volatile @Nullable MessageCompression compression;

	private volatile long opened;

	// what follows is called in the event loop

	/** Has messages compressed, before it starts. */
	void compress(@Nullable MessageCompression agreed) {
		this.compression = agreed;
	}

	void start(Channel upgraded) {
		this.opened = System.nanoTime();
		this.channel.complete(upgraded);
	}

	void received(ByteBuf payload, boolean last) {
		int size = payload.readableBytes();
		byte[] bytes = new byte[size];
		payload.readBytes(bytes);
		compare(bytes);
		this.beginning.write(bytes, 0, Math.min(size, MAX_KEPT - this.beginning.size()));
		this.length += size;
		this.frames++;
		if (last) {
			complete();
		}
	}

	private void compare(byte[] bytes) {
		byte[] wanted = this.expected.peek();
		for (int i = 0; wanted != null && this.differsAt < 0 && i < bytes.length; i++) {
			long at = this.length + i;
			if (at >= wanted.length || wanted[(int) at] != bytes[i]) {
				this.differsAt = at;
			}
		}
	}

	private void complete() {
		byte[] wanted = this.expected.poll();
		if (wanted != null && this.differsAt < 0 && this.length < wanted.length) {
			this.differsAt = this.length;
		}
		this.messages.add(new Message(this.beginning.toString(StandardCharsets.UTF_8), this.length, this.frames,
				this.differsAt, System.nanoTime()));
		this.beginning.reset();
		this.length = 0;
		this.frames = 0;
		this.differsAt = -1;
	}

	void closed(ByteBuf payload) {
		byte[] echo = new byte[payload.readableBytes()];
		payload.getBytes(payload.readerIndex(), echo);
		int code = (echo.length > 0) ? payload.readUnsignedShort() : NO_CODE;
		end("close", code, payload.toString(StandardCharsets.UTF_8), false);
		sendClose(echo);
	}

	void violated(String reason) {
		end("violation", NO_CLOSE, reason, false);
	}

	void reset() {
		end("drop", NO_CLOSE, "", true);
	}

	void ended() {
		end("drop", NO_CLOSE, "", false);
		this.gone.complete(System.nanoTime());
	}

	private void end(String how, int code, String reason, boolean byReset) {
		this.end.complete(new End(how, code, reason, byReset, System.nanoTime()));
	}

	// and what follows by the check

	/** When it opened, by {@link System#nanoTime}. */
	public long opened() {
		return this.opened;
	}

	/**
	 * Sends a message whose echo is to be the same.
	 * @param fragment the most bytes of a frame
	 */
	public void send(int opcode, byte[] payload, int fragment) {
		this.expected.add(payload);
		MessageCompression agreed = this.compression;
		if (agreed != null) {
			write(opcode | MaskedFrame.FIN | MaskedFrame.RSV1, agreed.deflated(payload));
			return;
		}
		if (payload.length <= fragment) {
			write(opcode | MaskedFrame.FIN, payload);
		}
		for (int start = 0; payload.length > fragment && start < payload.length; start += fragment) {
			int end = Math.min(start + fragment, payload.length);
			int first = (start == 0) ? opcode : Opcode.CONTINUATION;
			write((end == payload.length) ? first | MaskedFrame.FIN : first, Arrays.copyOfRange(payload, start, end));
		}
	}

	/** Starts the closing handshake. */
	public void close(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		sendClose(ByteBuffer.allocate(Short.BYTES + text.length).putShort((short) code).put(text).array());
	}

	private synchronized void sendClose(byte[] payload) {
		boolean maySend = payload.length == 0
				|| ClosePayload.maySend((payload[0] & 0xFF) << Byte.SIZE | (payload[1] & 0xFF));
		if (!this.closeSent && maySend) {
			this.closeSent = true;
			write(MaskedFrame.FIN | Opcode.CLOSE, payload);
		}
	}

	private void write(int first, byte[] payload) {
		Channel open = this.channel.join();
		open.writeAndFlush(MaskedFrame.of(open.alloc(), first, MASKS.nextInt(), payload));
	}

	/** The next message, or null if the session ends before, or none comes in time. */
	public @Nullable Message receive(long untilNanos) throws InterruptedException {
		Message next = this.messages.poll();
		while (next == null && System.nanoTime() < untilNanos && !this.end.isDone()) {
			next = this.messages.poll(20, TimeUnit.MILLISECONDS);
		}
		return (next != null) ? next : this.messages.poll();
	}

	/** How it ended, or null if it does not in time. */
	public @Nullable End awaitEnd(Duration within) throws InterruptedException {
		return Completion.awaitEvent(this.end, within);
	}

	/** When the connection had ended, or null if it does not in time. */
	public @Nullable Long awaitGone(Duration within) throws InterruptedException {
		return Completion.awaitEvent(this.gone, within);
	}

	/**
	 * Ends the connection without a Close.
	 * @param reset by RST in place of FIN
	 */
	public void breakOff(boolean reset) {
		Channel open = this.channel.join();
		if (reset) {
			open.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		open.close();
	}

	/** Ends the connection, whatever the state of the session. */
	public void discard() {
		this.channel.thenAccept(Channel::close);
	}

}
