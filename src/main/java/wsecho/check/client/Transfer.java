package wsecho.check.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response, each as it goes and comes: when the header came, each piece
 * of the body, and the end.
 */
public final class Transfer implements AutoCloseable {

	/**
	 * The end of a body as its framing says; or where there is no length, of the
	 * connection.
	 */
	static final String BODY = "body";

	/** An end within the body. */
	static final String DROP = "drop";

	// what may wait here; the longest body that is asked for is of 1 MiB
	private static final int MAX_HELD = 4 << 20;

	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(20);

	private final CompletableFuture<Channel> channel = new CompletableFuture<>();

	private final CompletableFuture<Optional<Answer>> head = new CompletableFuture<>();

	private final CompletableFuture<End> end = new CompletableFuture<>();

	private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

	private final AtomicInteger held = new AtomicInteger();

	private final long began = System.nanoTime();

	private volatile long headed = this.began;

	private long late;

	private volatile @Nullable String encoding;

	// what follows is called in the event loop, but for start

	void start(Channel connected, HttpObject request) {
		this.channel.complete(connected);
		connected.writeAndFlush(request);
	}

	void encoded(String with) {
		this.encoding = with;
	}

	void answered(Answer answer) {
		this.headed = System.nanoTime();
		this.head.complete(Optional.of(answer));
	}

	void received(String bytes) {
		this.pieces.add(new Piece(bytes, System.nanoTime()));
		if (this.held.addAndGet(bytes.length()) > MAX_HELD) {
			ended(DROP, false);
			close();
		}
	}

	void ended(String how, boolean byReset) {
		this.end.complete(new End(how, 0, "", byReset, System.nanoTime()));
		this.head.complete(Optional.empty());
	}

	// and what follows by the check

	/** When the request was sent, by {@link System#nanoTime}. */
	public long began() {
		return this.began;
	}

	/** When the header of the response came. */
	public long headed() {
		return this.headed;
	}

	/** The Content-Encoding, which is undone here, or null if there is none. */
	public @Nullable String encoding() {
		return this.encoding;
	}

	/** Sends a piece of the request's body. */
	public void send(byte[] piece) {
		this.channel.join().writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
	}

	/** Ends the request's body. */
	public void finish() {
		this.channel.join().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
	}

	/**
	 * The response without its body, or null if it does not come in time, or not at all.
	 */
	public @Nullable Answer awaitHead(Duration within) throws InterruptedException {
		Optional<Answer> answer = Completion.awaitEvent(this.head, within);
		return (answer != null) ? answer.orElse(null) : null;
	}

	/** The next piece of the body, or null if it ends before, or none comes in time. */
	public @Nullable Piece receive(long untilNanos) throws InterruptedException {
		Piece next = this.pieces.poll();
		while (next == null && System.nanoTime() < untilNanos && !this.end.isDone()) {
			long before = System.nanoTime();
			next = this.pieces.poll(TICK, TimeUnit.NANOSECONDS);
			this.late = Math.max(this.late, System.nanoTime() - before - TICK);
		}
		next = (next != null) ? next : this.pieces.poll();
		if (next != null) {
			this.held.addAndGet(-next.bytes().length());
		}
		return next;
	}

	/**
	 * The longest that this machine was late with what it had to do while it waited, in
	 * nanoseconds.
	 */
	public long late() {
		return this.late;
	}

	/** How the response ended, or null if it does not in time. */
	public @Nullable End awaitEnd(Duration within) throws InterruptedException {
		return Completion.awaitEvent(this.end, within);
	}

	@Override
	public void close() {
		this.channel.thenAccept(Channel::close);
	}

}
