package wsecho.handshake;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import wsecho.websocket.SessionOptions;

/**
 * A session that is to be admitted.
 *
 * @param request a valid request for one
 * @param transport what is to carry it
 * @param httpVersion the version of HTTP that it came in: 1.0, 1.1 or 2
 * @param subprotocol the one that is selected, or null
 * @param compressed whether with permessage-deflate (RFC 7692)
 * @param options of the session
 * @param id what it is called, of {@link SessionAdmission#newId}; or null for a new id
 */
public record SessionRequest(ServerHttpRequest request, SessionTransport transport, String httpVersion,
		@Nullable String subprotocol, boolean compressed, SessionOptions options, @Nullable String id) {

}
