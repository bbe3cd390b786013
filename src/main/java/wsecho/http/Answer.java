package wsecho.http;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import wsecho.websocket.EndAction;
import wsecho.websocket.SessionOptions;

/** What the server answers to one request that is a session. */
public interface Answer {

	/** Those of the session, as far as they have a meaning for a response. */
	SessionOptions options();

	/** How the server ends it, as of when the body is complete. */
	default EndAction end() {
		return options().end();
	}

	/** Adds the header fields of the response. */
	void describe(HttpHeaders headers);

	/**
	 * The body. When it completes the server ends the response; it has to complete soon
	 * after {@link ResponseSession#leaving}.
	 * @param session the session
	 * @return the body in pieces, or a {@link Mono} with all of it: one that is short
	 */
	Publisher<DataBuffer> body(ResponseSession session);

}
