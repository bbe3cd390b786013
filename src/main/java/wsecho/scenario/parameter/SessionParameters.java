package wsecho.scenario.parameter;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import wsecho.websocket.SessionOptions;

/**
 * What a client asks of a session, whatever the server does in it.
 *
 * @param messages after how many messages of the server's it ends the session, 1 or more;
 * or null
 * @param lifetime after what time it ends the session; or null
 * @param delay how long it holds each message, 0 or more
 * @param fragment how long its frames are at most; or null
 * @param subprotocol the one that is selected; or null
 * @param compress whether an offer of permessage-deflate (RFC 7692) is accepted
 * @param handshakeDelay how long the answer to the handshake is held, 0 or more
 * @param options of the session
 */
public record SessionParameters(@Nullable Long messages, @Nullable Duration lifetime, Duration delay,
		@Nullable DataSize fragment, @Nullable String subprotocol, boolean compress, Duration handshakeDelay,
		SessionOptions options) {

}
