package wsecho.handshake;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/**
 * Tells which connections and streams carry an admitted handshake or its session: the
 * limits of an exchange do not hold for them, those of the session do.
 */
public final class AdmittedChannel {

	private static final AttributeKey<Boolean> ADMITTED = AttributeKey.valueOf(AdmittedChannel.class, "admitted");

	private AdmittedChannel() {
	}

	/** Says whether the channel's handshake has been admitted; not if it is refused. */
	static void mark(Channel channel, boolean admitted) {
		channel.attr(ADMITTED).set(admitted);
	}

	/** Whether the channel's handshake has been admitted. */
	public static boolean isAdmitted(Channel channel) {
		return Boolean.TRUE.equals(channel.attr(ADMITTED).get());
	}

}
