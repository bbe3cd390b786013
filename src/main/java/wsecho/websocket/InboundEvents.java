package wsecho.websocket;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import wsecho.websocket.codec.ProtocolViolation;

/** What comes from the client and is no message, in order with the messages. */
interface InboundEvents {

	/**
	 * A ping.
	 * @param ping the frame, owned by the callee if it is taken
	 * @return whether it is taken; if not, it comes again later
	 */
	boolean ping(PingWebSocketFrame ping);

	/**
	 * A pong.
	 * @param pong the frame
	 * @return whether it is a message, for the handler
	 */
	boolean pong(PongWebSocketFrame pong);

	/**
	 * The client's Close frame.
	 * @param close the frame, owned by the callee
	 */
	void close(CloseWebSocketFrame close);

	/** What the client did against a rule; nothing follows it. */
	void violated(ProtocolViolation violation);

	/** The client has ended its direction. */
	void inputEnded();

	/** What has been read is dealt with, as far as it is wanted. */
	void drained();

}
