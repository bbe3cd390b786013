package wsecho.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Ends a connection whose client opens a stream with an identifier that it has passed
 * over (RFC 9113, 5.1.1). Netty cannot tell it from one that has been closed and resets
 * that stream only: this is where the reset comes by, between the codec and the network.
 */
final class StreamOrder extends ChannelOutboundHandlerAdapter {

	private static final int TYPE = 3;

	private static final int STREAM = 5;

	private static final int ERROR = Http2CodecUtil.FRAME_HEADER_LENGTH;

	private final Http2Connection connection;

	/** The last identifiers that were passed over: above the first, below the second. */
	private int before;

	private int after;

	private int last;

	/** How much is to come of the frame that has been begun: its payload follows. */
	private int missing;

	StreamOrder(Http2Connection connection) {
		this.connection = connection;
		connection.addListener(new Http2ConnectionAdapter() {

			@Override
			public void onStreamAdded(Http2Stream stream) {
				added(stream.id());
			}

		});
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		// before the network has released it
		boolean unexpected = message instanceof ByteBuf frame && isUnexpected(frame);
		context.write(message, promise);
		if (unexpected) {
			context.fireExceptionCaught(Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR,
					"A stream was opened after one with a higher identifier"));
		}
	}

	private void added(int id) {
		if (this.connection.remote().isValidStreamId(id)) {
			if (id > this.last + 2) {
				this.before = this.last;
				this.after = id;
			}
			this.last = id;
		}
	}

	private boolean isUnexpected(ByteBuf written) {
		int length = written.readableBytes();
		boolean begins = this.missing == 0 && length >= Http2CodecUtil.FRAME_HEADER_LENGTH;
		int payload = begins ? written.getUnsignedMedium(written.readerIndex()) : 0;
		this.missing = begins ? Http2CodecUtil.FRAME_HEADER_LENGTH + payload - length : this.missing - length;
		return begins && payload == Integer.BYTES && isUnexpectedReset(written, written.readerIndex());
	}

	private boolean isUnexpectedReset(ByteBuf frame, int start) {
		int id = frame.getInt(start + STREAM);
		return frame.getByte(start + TYPE) == Http2FrameTypes.RST_STREAM && id > this.before && id < this.after
				&& frame.getInt(start + ERROR) == Http2Error.STREAM_CLOSED.code();
	}

}
