package wsecho.handshake;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/**
 * Tells which connections and streams carry an admitted handshake or its session: the
 * limits of an exchange do not hold for them, those of the session do.
 */
public final class AdmittedChannel {

	private static final AttributeKey<Consumer<Boolean>> LISTENER = AttributeKey.valueOf(AdmittedChannel.class,
			"listener");

	private AdmittedChannel() {
	}

	/**
	 * Adds one who is told.
	 * @param channel a connection of HTTP/1.1, or a stream of HTTP/2
	 * @param listener is called in the event loop of the channel, with true for an
	 * admitted handshake and with false if that one is refused after all
	 */
	public static void watch(Channel channel, Consumer<Boolean> listener) {
		Consumer<Boolean> others = channel.attr(LISTENER).get();
		channel.attr(LISTENER).set((others != null) ? others.andThen(listener) : listener);
	}

	/** Says whether the channel's handshake has been admitted; not if it is refused. */
	static void mark(Channel channel, boolean admitted) {
		Consumer<Boolean> listener = channel.attr(LISTENER).get();
		if (listener != null) {
			listener.accept(admitted);
		}
	}

}
