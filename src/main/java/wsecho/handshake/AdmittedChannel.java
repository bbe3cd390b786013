package wsecho.handshake;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/**
 * Tells which connections and streams carry what has been admitted, a handshake, its
 * session or a response that is one: the limits of an exchange do not hold for them,
 * those of the session do.
 */
public final class AdmittedChannel {

	private static final AttributeKey<Consumer<Boolean>> LISTENER = AttributeKey.valueOf(AdmittedChannel.class,
			"listener");

	private AdmittedChannel() {
	}

	/**
	 * Adds one who is told.
	 * @param channel a connection of HTTP/1.1, or a stream of HTTP/2
	 * @param listener is called in the event loop of the channel, with true for what is
	 * admitted and with false when it is refused after all, or is over
	 */
	public static void watch(Channel channel, Consumer<Boolean> listener) {
		Consumer<Boolean> others = channel.attr(LISTENER).get();
		channel.attr(LISTENER).set((others != null) ? others.andThen(listener) : listener);
	}

	/**
	 * Says whether the channel carries what has been admitted; no longer if that is
	 * refused after all, or has ended and leaves the connection to other requests.
	 */
	public static void mark(Channel channel, boolean admitted) {
		Consumer<Boolean> listener = channel.attr(LISTENER).get();
		if (listener != null) {
			listener.accept(admitted);
		}
	}

}
