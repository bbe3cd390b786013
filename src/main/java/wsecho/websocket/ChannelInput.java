package wsecho.websocket;

import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * The incoming direction of a session's channel: reads when more is wanted, and accounts
 * for what is held of both directions.
 */
final class ChannelInput {

	private final IncomingFrames frames;

	private final FrameSource source;

	private final ChannelOutput output;

	private final ClosingHandshake closing;

	private final HeldMemory held;

	/**
	 * What comes without being read, in bytes: over HTTP/2, what is within the window.
	 */
	private final int window;

	private @Nullable ChannelHandlerContext context;

	/** Whether nothing more is read for now. */
	private boolean paused;

	ChannelInput(Channel channel, IncomingFrames frames, FrameSource source, ChannelOutput output,
			ClosingHandshake closing, HeldMemory held) {
		this.frames = frames;
		this.source = source;
		this.output = output;
		this.closing = closing;
		this.held = held;
		this.window = (channel instanceof Http2StreamChannel stream) ? ConnectionWindow.ofStream(stream) : 0;
	}

	/**
	 * The channel can be read from now on.
	 * @param context where from
	 */
	void open(ChannelHandlerContext context) {
		this.context = context;
	}

	/**
	 * Reads, unless a read is under way. With messages to echo it reads no more than it
	 * can write.
	 */
	void readIfWanted() {
		if (!this.output.isReading()) {
			CloseState state = this.closing.state();
			boolean wanted = this.source.wantsMore() && state.isReading()
					&& (state != CloseState.OPEN || this.output.isWritable());
			this.paused = !wanted;
			account();
			if (wanted) {
				Objects.requireNonNull(this.context).read();
			}
		}
	}

	void account() {
		this.held.inChannel(this.frames.held() + this.output.pending() + (this.paused ? this.window : 0));
	}

}
