package wsecho.server;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServerState;

/**
 * Holds each connection to the limit: from its beginning or the last answer until a whole
 * request is there, and from there until the answer has been taken. A connection of
 * HTTP/2 is measured while it has no stream, and each of its streams by itself.
 */
final class ConnectionDeadlines {

	private static final AttributeKey<Deadline> DEADLINE = AttributeKey.valueOf(ConnectionDeadlines.class, "deadline");

	private static final AttributeKey<Integer> STREAMS = AttributeKey.valueOf(ConnectionDeadlines.class, "streams");

	private final long limit;

	ConnectionDeadlines(Duration limit) {
		this.limit = limit.toNanos();
	}

	void opened(Channel channel) {
		channel.attr(DEADLINE).set(new Deadline(channel, this.limit));
	}

	void changed(Connection connection, ConnectionObserver.State state) {
		Channel channel = connection.channel();
		if (channel instanceof Http2StreamChannel) {
			if (state == ConnectionObserver.State.CONNECTED) {
				streamOpened(channel);
			}
		}
		else if (state == HttpServerState.REQUEST_RECEIVED || state == ConnectionObserver.State.DISCONNECTING) {
			channel.attr(DEADLINE).get().restart();
		}
	}

	private void streamOpened(Channel stream) {
		Channel connection = stream.parent();
		new Deadline(stream, this.limit);
		count(connection, 1);
		connection.attr(DEADLINE).get().suspend();
		stream.closeFuture().addListener((closed) -> {
			if (count(connection, -1) == 0) {
				connection.attr(DEADLINE).get().restart();
			}
		});
	}

	// a stream's end is told in the event loop of its connection
	private static int count(Channel connection, int change) {
		Integer before = connection.attr(STREAMS).get();
		int after = ((before != null) ? before : 0) + change;
		connection.attr(STREAMS).set(after);
		return after;
	}

}
