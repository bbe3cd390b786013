package wsecho.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerState;
import wsecho.handshake.SessionAdmission;

/**
 * The connections of all clients: there are not more of them than the process has files
 * for, and none stays that has no request under way, however it spends its time.
 */
final class Connections implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

	// of an HTTP/2 connection: its requests, sessions too, that are under way
	private static final AttributeKey<AtomicInteger> REQUESTS = AttributeKey.valueOf(Connections.class, "requests");

	private static final long WARNING_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SessionAdmission admission;

	private final Duration limit;

	private final AtomicInteger open = new AtomicInteger();

	/** Those without a request, and what ends them. */
	private final Map<Channel, ScheduledFuture<?>> waiting = new ConcurrentHashMap<>();

	private final Set<Channel> http2 = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	private volatile long warned = System.nanoTime() - WARNING_NANOS;

	Connections(SessionAdmission admission, Duration limit) {
		this.admission = admission;
		this.limit = limit;
	}

	HttpServer watch(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> opened(channel)).childObserve(this::changed);
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

	/** Takes leave of HTTP/2 clients (GOAWAY), which Reactor Netty does not. */
	@Override
	public void stop() {
		this.running = false;
		List<ChannelFuture> closing = this.http2.stream().map(Channel::close).toList();
		long until = System.nanoTime() + LEAVE_NANOS;
		closing.forEach((each) -> each.awaitUninterruptibly(until - System.nanoTime(), TimeUnit.NANOSECONDS));
	}

	private void opened(Channel channel) {
		int count = this.open.incrementAndGet();
		channel.closeFuture().addListener((closed) -> {
			this.open.decrementAndGet();
			stopWaiting(channel);
		});
		if (count > this.admission.connectionLimit()) {
			refuse(channel, count - 1);
		}
		else {
			await(channel);
		}
	}

	private void refuse(Channel channel, int others) {
		channel.close();
		long now = System.nanoTime();
		if (now - this.warned >= WARNING_NANOS) {
			this.warned = now;
			LOG.warn("Closing new connections at once: there are {}, and no files for more", others);
		}
	}

	private void changed(Connection connection, ConnectionObserver.State state) {
		Channel channel = connection.channel();
		if (state == HttpServerState.REQUEST_RECEIVED) {
			began(channel);
		}
		else if (state == ConnectionObserver.State.DISCONNECTING && !(channel instanceof Http2StreamChannel)) {
			await(channel);
		}
	}

	private void began(Channel channel) {
		if (channel instanceof Http2StreamChannel) {
			Channel connection = channel.parent();
			AtomicInteger requests = requests(connection);
			requests.incrementAndGet();
			stopWaiting(connection);
			channel.closeFuture().addListener((closed) -> {
				if (requests.decrementAndGet() == 0) {
					await(connection);
				}
			});
		}
		else {
			stopWaiting(channel);
		}
	}

	// a stream's end is told in the event loop of its connection
	private AtomicInteger requests(Channel connection) {
		AtomicInteger requests = connection.attr(REQUESTS).get();
		if (requests == null) {
			requests = new AtomicInteger();
			connection.attr(REQUESTS).set(requests);
			this.http2.add(connection);
			connection.closeFuture().addListener((closed) -> this.http2.remove(connection));
		}
		return requests;
	}

	private void await(Channel channel) {
		EventLoop loop = channel.eventLoop();
		if (channel.isOpen() && !loop.isShuttingDown()) {
			stopWaiting(channel);
			this.waiting.put(channel,
					loop.schedule(() -> channel.close(), this.limit.toMillis(), TimeUnit.MILLISECONDS));
		}
	}

	private void stopWaiting(Channel channel) {
		ScheduledFuture<?> end = this.waiting.remove(channel);
		if (end != null) {
			end.cancel(false);
		}
	}

}
