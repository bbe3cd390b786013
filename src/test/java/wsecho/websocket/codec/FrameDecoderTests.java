package wsecho.websocket.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static wsecho.websocket.codec.DecoderChannel.client;
import static wsecho.websocket.codec.DecoderChannel.frame;
import static wsecho.websocket.codec.DecoderChannel.hex;
import static wsecho.websocket.codec.DecoderChannel.text;

/** How bytes become frames, and what is held of them meanwhile. */
class FrameDecoderTests {

	private DecoderChannel decoder = new DecoderChannel();

	@Test
	void theExampleOfTheRfcIsRead() {
		assertThat(this.decoder.read(hex("8185 37fa213d 7f9f4d5158"))).containsExactly(frame(0x1, true, "Hello"));
	}

	@ParameterizedTest
	@CsvSource({ "01 80 00000000, 1", "02 80 00000000, 2", "81 80 00000000, 1", "82 80 00000000, 2",
			"88 80 00000000, 8", "89 80 00000000, 9", "8A 80 00000000, 10" })
	void anEmptyFrameOfEveryOpcodeIsReadWithItsLastHeaderByte(String bytes, int opcode) {
		boolean fin = bytes.startsWith("8");
		assertThat(this.decoder.readByteByByte(hex(bytes))).containsExactly(frame(opcode, fin, ""));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 127, 65535, 65536 })
	void aFrameOfUpTo64KiBIsHandedOnWholeHoweverItIsCut(int length) {
		byte[] payload = new byte[length];
		new Random(length).nextBytes(payload);
		ReceivedFrame expected = frame(0x2, true, ReceivedFrame.latin1(payload));
		byte[] bytes = client(0x82, payload).bytes();
		assertThat(this.decoder.read(bytes)).containsExactly(expected);
		assertThat(this.decoder.readCut(bytes, 1 + length / 100)).containsExactly(expected);
	}

	@Test
	void aFrameWithinOneReadIsASliceOfIt() {
		ByteBuf in = Unpooled.copiedBuffer(client(0x82, text("abc")).bytes());
		this.decoder.channel().writeInbound(in);
		BinaryWebSocketFrame frame = this.decoder.channel().readInbound();
		in.setByte(6, 'X');
		assertThat(frame.content().toString(StandardCharsets.US_ASCII)).isEqualTo("Xbc");
		frame.release();
		assertThat(in.refCnt()).isZero();
	}

	@ParameterizedTest
	@MethodSource("buffers")
	void theBytesMayComeInAnyBuffer(UnaryOperator<ByteBuf> buffer) {
		byte[] payload = text("Gr\u00FC\u00DFe ".repeat(300));
		ByteBuf in = buffer.apply(Unpooled.copiedBuffer(client(0x81, payload).bytes()));
		this.decoder.channel().writeInbound(in);
		assertThat(this.decoder.frames()).containsExactly(frame(0x1, true, ReceivedFrame.latin1(payload)));
		assertThat(in.refCnt()).isZero();
	}

	static Stream<Named<UnaryOperator<ByteBuf>>> buffers() {
		return Stream.of(named("heap", (bytes) -> bytes), named("slice", (bytes) -> bytes.slice()),
				named("direct", (bytes) -> direct(bytes)),
				named("composite", (bytes) -> Unpooled.compositeBuffer().addComponent(true, bytes)),
				named("in two", (bytes) -> Unpooled.wrappedBuffer(bytes.readRetainedSlice(700), bytes)));
	}

	private static Named<UnaryOperator<ByteBuf>> named(String name, UnaryOperator<ByteBuf> buffer) {
		return Named.of(name, buffer);
	}

	private static ByteBuf direct(ByteBuf bytes) {
		try {
			return Unpooled.directBuffer().writeByte(0).writeBytes(bytes).skipBytes(1);
		}
		finally {
			bytes.release();
		}
	}

	@Test
	void aLongFrameIsHandedOnAsItsBytesCome() {
		byte[] bytes = client(0xC1, new byte[65537]).bytes();
		this.decoder = new DecoderChannel(true, Long.MAX_VALUE);
		assertThat(this.decoder.read(Arrays.copyOf(bytes, 14))).isEmpty();
		assertThat(this.decoder.read(Arrays.copyOfRange(bytes, 14, 16)))
			.containsExactly(new ReceivedFrame(0x1, false, 4, "\0\0"));
		assertThat(this.decoder.read(Arrays.copyOfRange(bytes, 16, 17))).containsExactly(frame(0x0, false, "\0"));
		assertThat(this.decoder.read(Arrays.copyOfRange(bytes, 17, bytes.length)))
			.containsExactly(frame(0x0, true, "\0".repeat(65534)));
		assertThat(this.decoder.heldHeap()).isZero();
	}

	@Test
	void aLongFrameWithinOneReadIsCutInPiecesOf64KiB() {
		List<Object> received = this.decoder.read(client(0x02, new byte[200_000]), client(0x80, text("end")));
		assertThat(received).containsExactly(frame(0x2, false, "\0".repeat(65536)),
				frame(0x0, false, "\0".repeat(65536)), frame(0x0, false, "\0".repeat(65536)),
				frame(0x0, false, "\0".repeat(200_000 - 3 * 65536)), frame(0x0, true, "end"));
	}

	@Test
	void aHeaderThatClaimsALotCostsNothing() {
		this.decoder.read(client(0x82, new byte[0]).claiming(8, 1L << 62).bytes());
		assertThat(this.decoder.heldHeap()).isZero();
		assertThat(this.decoder.read(new byte[] { 1, 2, 3 })).hasSize(1);
		assertThat(this.decoder.heldHeap()).isZero();
	}

	@Test
	void aFrameIsGatheredInWhatItsBytesNeed() {
		this.decoder.read(client(0x82, new byte[0]).claiming(8, 65536).bytes());
		assertThat(this.decoder.heldHeap()).isZero();
		this.decoder.read(new byte[1000]);
		assertThat(this.decoder.heldHeap()).isEqualTo(1000);
		this.decoder.read(new byte[1000]);
		assertThat(this.decoder.heldHeap()).isBetween(2000L, 4000L);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 13, 14, 15, 100 })
	void whatWasGatheredIsReleasedWhenTheChannelCloses(int cut) {
		byte[] bytes = client(0x82, new byte[1000]).bytes();
		this.decoder.read(Arrays.copyOf(bytes, cut));
		assertThat(this.decoder.channel().close().isSuccess()).isTrue();
		assertThat(this.decoder.heldHeap()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 13, 14, 15, 100 })
	void whatWasGatheredIsReleasedWhenTheDecoderIsRemoved(int cut) {
		byte[] bytes = client(0x82, new byte[1000]).bytes();
		this.decoder.read(Arrays.copyOf(bytes, cut));
		this.decoder.channel().pipeline().remove("decoder");
		assertThat(this.decoder.heldHeap()).isZero();
	}

	@Test
	void theRestOfAReadIsReleasedIfTheDecoderIsRemovedMeanwhile() {
		this.decoder.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
			@Override
			public void channelRead(ChannelHandlerContext ctx, Object msg) {
				ctx.fireChannelRead(msg);
				ctx.pipeline().remove("decoder");
			}
		});
		ByteBuf in = Unpooled
			.copiedBuffer(ClientFrame.bytes(List.of(client(0x81, text("a")), client(0x81, text("b")))));
		this.decoder.channel().writeInbound(in);
		assertThat(this.decoder.frames()).containsExactly(frame(0x1, true, "a"));
		assertThat(in.refCnt()).isZero();
	}

	@Test
	void afterACloseFrameNothingIsRead() {
		assertThat(this.decoder.read(client(0x88, hex("03E8")), client(0x81, text("a"))))
			.containsExactly(frame(0x8, true, "\u0003\u00E8"));
		assertThat(this.decoder.read(hex("FFFF"))).isEmpty();
	}

	@Test
	void nothingIsDecodedBeforeItIsAskedFor() {
		FrameDecoder decoder = new FrameDecoder(this.decoder.allocator(), true, false, Long.MAX_VALUE);
		ByteBuf in = Unpooled
			.copiedBuffer(ClientFrame.bytes(List.of(client(0x81, text("a")), client(0x81, text("b")))));
		decoder.feed(in);
		assertThat(next(decoder)).isEqualTo("a");
		assertThat(decoder.hasInput()).isTrue();
		assertThat(in.readerIndex()).isEqualTo(7);
		decoder.end();
		assertThat(in.refCnt()).isZero();
		assertThat(decoder.next()).isNull();
	}

	@Test
	void readsAreDecodedInTheirOrder() {
		FrameDecoder decoder = new FrameDecoder(this.decoder.allocator(), true, false, Long.MAX_VALUE);
		byte[] bytes = ClientFrame.bytes(List.of(client(0x81, text("one")), client(0x81, text("two"))));
		for (byte each : bytes) {
			decoder.feed(Unpooled.copiedBuffer(new byte[] { each }));
		}
		assertThat(next(decoder)).isEqualTo("one");
		assertThat(next(decoder)).isEqualTo("two");
		assertThat(decoder.hasInput()).isFalse();
		assertThat(this.decoder.heldHeap()).isZero();
	}

	private static String next(FrameDecoder decoder) {
		WebSocketFrame frame = Objects.requireNonNull(decoder.next());
		try {
			return frame.content().toString(StandardCharsets.UTF_8);
		}
		finally {
			frame.release();
		}
	}

}
