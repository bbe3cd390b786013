package wsecho.scenario.parameter;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import wsecho.websocket.SessionOptions;

/**
 * What a client asks of a session on any path.
 *
 * @param messages how many messages the server sends before it ends the session, 1 or
 * more; or null for no limit
 * @param lifetime the time after which it ends the session; or null for no limit
 * @param delay how long it delays each message, 0 or more
 * @param fragment the largest payload of a frame; or null to send frames as they are
 * @param subprotocol the one to select; or null for none
 * @param compress whether an offer of permessage-deflate (RFC 7692) is accepted
 * @param handshakeDelay how long the response to the handshake is delayed, 0 or more
 * @param options of the session
 */
public record SessionParameters(@Nullable Long messages, @Nullable Duration lifetime, Duration delay,
		@Nullable DataSize fragment, @Nullable String subprotocol, boolean compress, Duration handshakeDelay,
		SessionOptions options) {

}
