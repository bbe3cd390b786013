package wsecho.signalr.hub;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What holds for one connection of the hub.
 *
 * @param keepAlive after how long without anything sent the client is sent a ping; 0 for
 * no pings
 * @param clientTimeout how long a client that has sent a ping may be silent; 0 for no
 * limit
 * @param allowReconnect what the client is told of coming again by itself when the
 * service ends the connection
 * @param mostItems how many items a stream may have
 * @param messages after how many messages to the client the connection ends; or null
 * @param lifetime after what time it ends; or null
 * @param farewell whether the client is told of that end
 */
public record HubOptions(Duration keepAlive, Duration clientTimeout, boolean allowReconnect, long mostItems,
		@Nullable Long messages, @Nullable Duration lifetime, boolean farewell) {

	/** The same without pings: a poll that is answered is a sign of life. */
	public HubOptions withoutPings() {
		return new HubOptions(Duration.ZERO, this.clientTimeout, this.allowReconnect, this.mostItems, this.messages,
				this.lifetime, this.farewell);
	}

}
