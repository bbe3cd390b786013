package wsecho.websocket.codec;

import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

// what becomes of a write is seen in the channel
@SuppressWarnings("FutureReturnValueIgnored")
class FrameEncoderTests {

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

	private final Writes writes = new Writes();

	private final FrameEncoder encoder = new FrameEncoder();

	private final EmbeddedChannel channel = new EmbeddedChannel();

	FrameEncoderTests() {
		this.channel.config().setAllocator(this.allocator);
		this.channel.pipeline().addLast(this.writes, this.encoder);
	}

	@AfterEach
	void nothingIsLeft() {
		this.channel.finishAndReleaseAll();
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

	private <F extends WebSocketFrame> F write(F frame) {
		this.channel.write(frame, this.channel.voidPromise());
		return frame;
	}

	private static BinaryWebSocketFrame binary(int length) {
		return new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[length]));
	}

	private static TextWebSocketFrame text(String text) {
		return new TextWebSocketFrame(text);
	}

	private List<byte[]> flushed() {
		this.channel.flush();
		List<byte[]> all = new ArrayList<>();
		for (ByteBuf next = this.channel.readOutbound(); next != null; next = this.channel.readOutbound()) {
			all.add(ByteBufUtil.getBytes(next));
			next.release();
		}
		return all;
	}

	private List<Object> readByNetty() {
		EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameDecoder(false, true, 1 << 20));
		flushed().forEach((bytes) -> client.writeInbound(Unpooled.wrappedBuffer(bytes)));
		return ReceivedFrame.all(client);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 127, 2047, 2048, 2049, 65535, 65536, 65537, 200_000 })
	void everyLengthIsReadByNetty(int length) {
		write(text("before"));
		write(binary(length));
		write(text("after"));
		assertThat(readByNetty()).containsExactly(new ReceivedFrame(0x1, true, 0, "before"),
				new ReceivedFrame(0x2, true, 0, "\0".repeat(length)), new ReceivedFrame(0x1, true, 0, "after"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "8000", "817D", "827E007E", "827E0801", "827EFFFF", "827F0000000000010000" })
	void theLengthTakesTheLeastBytes(String header) {
		HexFormat hex = HexFormat.of().withUpperCase();
		int length = Integer.parseInt(header.substring((header.length() > 4) ? 4 : 2), 16);
		byte[] payload = new byte[length];
		ByteBuf content = Unpooled.wrappedBuffer(payload);
		write(switch (header.charAt(1)) {
			case '0' -> new ContinuationWebSocketFrame(content);
			case '1' -> new TextWebSocketFrame(content);
			default -> new BinaryWebSocketFrame(content);
		});
		StringBuilder sent = new StringBuilder();
		flushed().forEach((bytes) -> sent.append(hex.formatHex(bytes)));
		assertThat(sent).isEqualToIgnoringCase(header + hex.formatHex(payload));
	}

	@Test
	void everyOpcodeIsReadByNetty() {
		write(new BinaryWebSocketFrame(false, 4, Unpooled.wrappedBuffer(new byte[] { 1 })));
		write(new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[] { 2 })));
		write(new ContinuationWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER));
		write(new PongWebSocketFrame(Unpooled.wrappedBuffer(new byte[] { 3 })));
		write(new ContinuationWebSocketFrame(true, 2, Unpooled.wrappedBuffer(new byte[] { 4 })));
		write(new TextWebSocketFrame(true, 1, "5"));
		write(new CloseWebSocketFrame(1000, "bye"));
		assertThat(readByNetty()).containsExactly(new ReceivedFrame(0x2, false, 4, "\u0001"),
				new ReceivedFrame(0x9, true, 0, "\u0002"), new ReceivedFrame(0x0, false, 0, ""),
				new ReceivedFrame(0xA, true, 0, "\u0003"), new ReceivedFrame(0x0, true, 2, "\u0004"),
				new ReceivedFrame(0x1, true, 1, "5"), new ReceivedFrame(0x8, true, 0, "\u0003\u00E8bye"));
	}

	@Test
	void smallFramesOfATurnAreOneWrite() {
		for (int i = 0; i < 16; i++) {
			assertThat(write(binary(64)).refCnt()).isZero();
		}
		assertThat(this.writes.sizes).isEmpty();
		this.channel.flush();
		assertThat(this.writes.sizes).containsExactly(16 * 66);
	}

	@Test
	void aBatchTakesUpTo16KiB() {
		for (int i = 0; i < 10; i++) {
			write(binary(2048));
		}
		this.channel.flush();
		assertThat(this.writes.sizes).containsExactly(7 * 2052, 3 * 2052);
	}

	@Test
	void oneSmallFrameATurnHoldsLittleMemory() {
		for (int turn = 0; turn < 3; turn++) {
			write(binary(64));
			assertThat(this.allocator.metric().usedHeapMemory()).isLessThanOrEqualTo(256);
			flushed();
		}
	}

	@Test
	void aBatchBeginsAsLargeAsTheLastOneBecame() {
		write(binary(2000));
		flushed();
		write(binary(1));
		assertThat(this.allocator.metric().usedHeapMemory()).isEqualTo(2004);
		flushed();
		write(binary(1));
		assertThat(this.allocator.metric().usedHeapMemory()).isEqualTo(256);
	}

	@Test
	void aLargeFrameIsNotCopied() {
		write(text("before"));
		BinaryWebSocketFrame large = write(binary(2049));
		write(text("after"));
		this.channel.flush();
		assertThat(this.writes.messages).hasSize(3).element(1).isSameAs(large.content());
		assertThat(this.writes.sizes).containsExactly(8 + 4, 2049, 7);
		assertThat(large.refCnt()).isEqualTo(1);
		flushed();
		assertThat(large.refCnt()).isZero();
	}

	@Test
	void aWatchedFrameIsWrittenAtOnceWithWhatWasBatched() {
		write(text("a"));
		ChannelFuture written = this.channel.write(text("b"));
		assertThat(this.writes.sizes).containsExactly(6);
		assertThat(this.writes.promises).containsExactly((ChannelPromise) written);
		assertThat(written.isDone()).isFalse();
		this.channel.flush();
		assertThat(written.isSuccess()).isTrue();
	}

	@Test
	void thePromiseOfALargeFrameGoesWithItsPayload() {
		ChannelFuture written = this.channel.write(binary(5000));
		assertThat(this.writes.sizes).containsExactly(4, 5000);
		assertThat(this.writes.promises.get(0).isVoid()).isTrue();
		assertThat(this.writes.promises.get(1)).isSameAs(written);
	}

	@Test
	void otherMessagesFollowWhatWasBatched() {
		ByteBuf other = Unpooled.wrappedBuffer("raw".getBytes(StandardCharsets.US_ASCII));
		write(text("a"));
		this.channel.write(other);
		write(text("b"));
		this.channel.flush();
		assertThat(this.writes.sizes).containsExactly(3, 3, 3);
		assertThat(this.writes.messages.get(1)).isSameAs(other);
	}

	@Test
	void closeFlushesFirst() {
		write(text("a"));
		this.channel.close();
		assertThat(flushed()).hasSize(1);
	}

	@Test
	void removalFlushesOnALiveChannel() {
		write(text("a"));
		this.channel.pipeline().remove(this.encoder);
		assertThat(flushed()).hasSize(1);
	}

	@Test
	void whatIsBatchedWhenTheChannelIsGoneIsReleased() {
		write(text("a"));
		this.channel.pipeline().firstContext().close();
		assertThat(flushed()).isEmpty();
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

	@Test
	void aFrameIsReleasedOnceIfItCannotBeWritten() {
		this.channel.pipeline().firstContext().close();
		BinaryWebSocketFrame small = binary(1);
		BinaryWebSocketFrame large = binary(5000);
		ChannelFuture first = this.channel.write(small);
		ChannelFuture second = this.channel.write(large);
		assertThat(small.refCnt()).isZero();
		assertThat(large.refCnt()).isZero();
		assertThatThrownBy(first::sync).isInstanceOf(ClosedChannelException.class);
		assertThatThrownBy(second::sync).isInstanceOf(ClosedChannelException.class);
	}

	/** What the encoder writes, as it writes it. */
	private static final class Writes extends ChannelOutboundHandlerAdapter {

		private final List<Object> messages = new ArrayList<>();

		private final List<Integer> sizes = new ArrayList<>();

		private final List<ChannelPromise> promises = new ArrayList<>();

		@Override
		public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) throws Exception {
			this.messages.add(msg);
			this.sizes.add(((ByteBuf) msg).readableBytes());
			this.promises.add(promise);
			super.write(ctx, msg, promise);
		}

	}

}
