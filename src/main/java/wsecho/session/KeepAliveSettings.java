package wsecho.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import wsecho.settings.DurationRange;
import wsecho.websocket.OpenSession;

/**
 * How the service finds out that a client is gone.
 *
 * @param interval how long a client may be silent before it is sent a ping, from 1 s to 1
 * h; 0 for no pings
 * @param timeout how long it may be silent after that before its connection is closed as
 * lost, from 1 s to 1 h
 */
@Validated
@ConfigurationProperties("wsecho.keep-alive")
record KeepAliveSettings(@DefaultValue("25s") @DurationRange(orZero = true, min = "1s", max = "1h") Duration interval,
		@DefaultValue("20s") @DurationRange(min = "1s", max = "1h") Duration timeout) {

	/**
	 * Begins to watch a session.
	 * @param session is open
	 * @param ownInterval the interval of this session, 0 for no pings; or null for the
	 * one of the settings
	 * @return what watches it, or null if it is sent no pings
	 */
	@Nullable KeepAlive watch(OpenSession session, @Nullable Duration ownInterval) {
		Duration interval = (ownInterval != null) ? ownInterval : this.interval;
		if (interval.isZero()) {
			return null;
		}
		KeepAlive keepAlive = new KeepAlive(session, interval, this.timeout, System::nanoTime);
		keepAlive.start();
		return keepAlive;
	}

}
