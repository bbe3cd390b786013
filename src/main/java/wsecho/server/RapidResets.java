package wsecho.server;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AttributeKey;

/**
 * Counts the streams of a connection that are reset as soon as they have begun, by the
 * client (CVE-2023-44487) or by its mistakes (CVE-2025-8671), and ends the connection if
 * there are too many. Netty counts all resets: behind a proxy with many users on one
 * connection the leaving of some would end the sessions of the rest.
 */
final class RapidResets {

	/** A reset later than that is no rapid one. */
	static final long RAPID_NANOS = TimeUnit.SECONDS.toNanos(1);

	static final int WINDOW_SECONDS = 30;

	private static final AttributeKey<RapidResets> KEY = AttributeKey.valueOf(RapidResets.class, "counter");

	private final Channel connection;

	private final int most;

	private int count;

	private long windowStart;

	private RapidResets(Channel connection, int most) {
		this.connection = connection;
		this.most = most;
	}

	/** The counter of a connection; it belongs to the connection's event loop. */
	static RapidResets of(Channel connection, int most) {
		RapidResets resets = connection.attr(KEY).get();
		if (resets == null) {
			resets = new RapidResets(connection, most);
			connection.attr(KEY).set(resets);
		}
		return resets;
	}

	void count() {
		long now = System.nanoTime();
		if (this.count == 0 || now - this.windowStart >= TimeUnit.SECONDS.toNanos(WINDOW_SECONDS)) {
			this.windowStart = now;
			this.count = 0;
		}
		if (++this.count == this.most + 1) {
			// the codec sends GOAWAY and closes
			this.connection.pipeline()
				.fireExceptionCaught(Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM,
						"%d streams were reset within their first second", this.count));
		}
	}

}
