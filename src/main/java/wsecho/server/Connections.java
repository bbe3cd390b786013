package wsecho.server;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.Http2FrameCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.netty.http.server.HttpServer;
import wsecho.logging.OncePerMinute;
import wsecho.memory.MemoryBudget;

/**
 * The open connections of one port: no more than the limit, and each held to its
 * deadlines.
 */
final class Connections implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

	private static final long GOAWAY_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final IntSupplier most;

	private final String reason;

	private final ConnectionDeadlines deadlines;

	private final MemoryBudget memory;

	private final Set<Channel> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger count = new AtomicInteger();

	private final OncePerMinute warning = new OncePerMinute();

	private final OncePerMinute shortage = new OncePerMinute();

	private volatile boolean running;

	/**
	 * For one port.
	 * @param most how many connections there may be now
	 * @param reason why not more, as the end of a log line
	 * @param deadlines of each
	 * @param memory of which each draws
	 */
	Connections(IntSupplier most, String reason, ConnectionDeadlines deadlines, MemoryBudget memory) {
		this.most = most;
		this.reason = reason;
		this.deadlines = deadlines;
		this.memory = memory;
	}

	// TCP's keep-alive ends a session with ping=0 whose client has vanished, after the
	// system's two hours (RFC 1122, 4.2.3.6). Earlier probes would restart the idle
	// timeouts of load balancers at layer 4, which such a session is there to find
	HttpServer watch(HttpServer server) {
		return server.childOption(ChannelOption.SO_KEEPALIVE, true)
			.doOnChannelInit((observer, channel, remote) -> opened(channel))
			.childObserve(this.deadlines::changed)
			.childObserve((connection, state) -> ConnectionMemory.changed(connection, state, this.memory));
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// after the sessions, and before the listener
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

	/** Sends GOAWAY to HTTP/2 clients, which Reactor Netty does not, and closes. */
	@Override
	public void stop() {
		this.running = false;
		List<ChannelFuture> closing = this.open.stream().filter(Connections::isHttp2).map(Channel::close).toList();
		long until = System.nanoTime() + GOAWAY_NANOS;
		closing.forEach((each) -> each.awaitUninterruptibly(until - System.nanoTime(), TimeUnit.NANOSECONDS));
	}

	private void opened(Channel channel) {
		int now = this.count.incrementAndGet();
		this.open.add(channel);
		channel.closeFuture().addListener((closed) -> {
			this.open.remove(channel);
			this.count.decrementAndGet();
		});
		// also for one that is refused: its events come here
		this.deadlines.opened(channel);
		ConnectionMemory.opened(channel, this.memory, () -> makeRoom(channel));
		if (now > this.most.getAsInt()) {
			refuse(channel, now - 1);
		}
		else if (this.memory.isExhausted()) {
			makeRoom(channel);
		}
	}

	private void refuse(Channel channel, int others) {
		channel.close();
		if (this.warning.isDue()) {
			LOG.warn("Closing new connections at once: there are {} on this port, {}", others, this.reason);
		}
	}

	// any one whose request is under way, which most are that wait: so that a flood of
	// them
	// leaves most of its places to itself, and a probe comes through
	private void makeRoom(Channel newcomer) {
		this.open.stream()
			.filter((each) -> each != newcomer && !isHttp2(each) && ConnectionMemory.claim(each))
			.findFirst()
			.orElse(newcomer)
			.close();
		if (this.shortage.isDue()) {
			LOG.warn("The memory for clients is used up ({} bytes; wsecho.limits.memory). "
					+ "Closing connections without a whole request", this.memory.limit());
		}
	}

	private static boolean isHttp2(Channel connection) {
		return connection.pipeline().get(Http2FrameCodec.class) != null;
	}

}
