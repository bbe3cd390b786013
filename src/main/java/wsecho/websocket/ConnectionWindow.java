package wsecho.websocket;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2StreamChannel;

/**
 * The window of an HTTP/2 connection, which all of its streams share (RFC 9113, 5.2.1).
 * Each session adds to it what its own stream may hold, as long as it is open, so that
 * one that is not read from leaves the others theirs.
 */
public final class ConnectionWindow {

	private ConnectionWindow() {
	}

	/** How much a stream may send that has not been read, in bytes. */
	public static int ofStream(Http2StreamChannel stream) {
		return connection(stream).local().flowController().initialWindowSize();
	}

	/** Whether a stream has not been reset, or closed, yet. */
	static boolean knows(Http2StreamChannel stream) {
		Http2FrameCodec codec = stream.parent().pipeline().get(Http2FrameCodec.class);
		return codec != null && codec.connection().stream(stream.stream().id()) != null;
	}

	public static void share(Http2StreamChannel stream) {
		Http2Connection connection = connection(stream);
		Http2LocalFlowController controller = connection.local().flowController();
		// twice, since an update may lag behind by half of the whole
		int size = 2 * controller.initialWindowSize();
		change(connection, controller, size);
		stream.closeFuture().addListener((closed) -> change(connection, controller, -size));
	}

	private static Http2Connection connection(Http2StreamChannel stream) {
		return stream.parent().pipeline().get(Http2FrameCodec.class).connection();
	}

	private static void change(Http2Connection connection, Http2LocalFlowController controller, int delta) {
		try {
			controller.incrementWindowSize(connection.connectionStream(), delta);
		}
		catch (Http2Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
