package wsecho.websocket;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import wsecho.memory.MemoryBudget;
import wsecho.websocket.codec.FrameCount;

import static org.assertj.core.api.Assertions.assertThat;

class ChannelOutputTests implements OutboundEvents {

	private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());

	private int flushes;

	@AfterEach
	void release() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void eachFlushIsToldOnceWhateverCausesIt() {
		ChannelOutput output = new ChannelOutput(this.channel, new HeldMemory(new MemoryBudget(Long.MAX_VALUE)),
				new FrameTraffic(new FrameCount()));
		output.open(this.channel.pipeline().firstContext(), this);
		output.write(new TextWebSocketFrame("at the end of the turn"));
		this.channel.runPendingTasks();
		assertThat(this.flushes).isEqualTo(1);
		output.write(new TextWebSocketFrame("when somebody waits for it"));
		output.whenWritten(() -> {
		});
		assertThat(this.flushes).isEqualTo(2);
		this.channel.runPendingTasks();
		assertThat(this.flushes).isEqualTo(2);
	}

	@Override
	public void flushed() {
		this.flushes++;
	}

	@Override
	public void writable() {
	}

}
