package wsecho.websocket.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameDecoderTests {

	private static final int MASK = 0x37FA213D;

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

	private EmbeddedChannel channel = channel(false, Long.MAX_VALUE);

	private EmbeddedChannel channel(boolean compressed, long limit) {
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.config().setAllocator(this.allocator);
		channel.pipeline()
			.addLast("decoder", new DecodingHandler(new FrameDecoder(this.allocator, true, compressed, limit)));
		return channel;
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	private static ReceivedFrame frame(int opcode, boolean fin, String payload) {
		return new ReceivedFrame(opcode, fin, 0, payload);
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static ClientFrame client(int first, byte[] payload) {
		return ClientFrame.of(first, MASK, payload);
	}

	private List<Object> read(ClientFrame... frames) {
		return read(ClientFrame.bytes(List.of(frames)));
	}

	private List<Object> read(byte[] bytes) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes));
		return ReceivedFrame.all(this.channel);
	}

	private List<Object> readByteByByte(byte[] bytes) {
		return readCut(bytes, 1);
	}

	private List<Object> readCut(byte[] bytes, int size) {
		List<Object> received = new ArrayList<>();
		for (int at = 0; at < bytes.length; at += size) {
			received.addAll(read(Arrays.copyOfRange(bytes, at, Math.min(at + size, bytes.length))));
		}
		return received;
	}

	@Test
	void theExampleOfTheRfcIsRead() {
		assertThat(read(hex("8185 37fa213d 7f9f4d5158"))).containsExactly(frame(0x1, true, "Hello"));
	}

	@ParameterizedTest
	@CsvSource({ "01 80 00000000, 1", "02 80 00000000, 2", "81 80 00000000, 1", "82 80 00000000, 2",
			"88 80 00000000, 8", "89 80 00000000, 9", "8A 80 00000000, 10" })
	void anEmptyFrameOfEveryOpcodeIsReadWithItsLastHeaderByte(String bytes, int opcode) {
		boolean fin = bytes.startsWith("8");
		assertThat(readByteByByte(hex(bytes))).containsExactly(frame(opcode, fin, ""));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 127, 65535, 65536 })
	void aFrameOfUpTo64KiBIsHandedOnWholeHoweverItIsCut(int length) {
		byte[] payload = new byte[length];
		new Random(length).nextBytes(payload);
		ReceivedFrame expected = frame(0x2, true, ReceivedFrame.latin1(payload));
		byte[] bytes = client(0x82, payload).bytes();
		assertThat(read(bytes)).containsExactly(expected);
		assertThat(readCut(bytes, 1 + length / 100)).containsExactly(expected);
	}

	@ParameterizedTest
	@CsvSource({ "C1 80, RSV1", "A1 80, RSV2", "91 80, RSV3", "C9 80, RSV1 on a ping", "83, opcode 3", "84, opcode 4",
			"85, opcode 5", "86, opcode 6", "87, opcode 7", "8B, opcode 11", "8C, opcode 12", "8D, opcode 13",
			"8E, opcode 14", "8F, opcode 15", "80, continuation of nothing", "00, continuation of nothing",
			"0180000000 0001, message in a message", "0180000000 0082, message in a message",
			"0180000000 008080000000 0080, continuation after the end", "08, fragmented close", "09, fragmented ping",
			"0A, fragmented pong", "8105, no mask", "8200, no mask", "89FE, long ping", "88FE, long close",
			"8AFF, long pong", "82FE 007D, 125 in two bytes", "82FE 0000, 0 in two bytes",
			"82FF 000000000000FFFF, 65535 in eight bytes", "82FF 000000000000007D, 125 in eight bytes",
			"82FF 8000000000000000, top bit", "82FF FFFFFFFFFFFFFFFF, all bits", "8881 00000000 03, half a code" })
	void aProtocolViolationIsSeenWithItsByte(String bytes, String what) {
		assertViolation(hex(bytes), 1002);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1002", "999, 1002", "1000, 0", "1001, 0", "1002, 0", "1003, 0", "1004, 1002", "1005, 1002",
			"1006, 1002", "1007, 0", "1008, 0", "1009, 0", "1010, 0", "1011, 0", "1012, 0", "1013, 0", "1014, 0",
			"1015, 1002", "1016, 1002", "1100, 1002", "2000, 1002", "2999, 1002", "3000, 0", "3999, 0", "4000, 0",
			"4999, 0", "5000, 1002", "65535, 1002" })
	void aCloseCodeIsReadIfItMayBeSent(int code, int violation) {
		byte[] payload = { (byte) (code >> 8), (byte) code, 'b', 'y', 'e' };
		byte[] bytes = client(0x88, payload).bytes();
		if (violation != 0) {
			assertViolation(bytes, violation);
		}
		else {
			assertThat(read(bytes)).containsExactly(frame(0x8, true, ReceivedFrame.latin1(payload)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "80", "C0AF", "EDA080", "F4908080", "FF", "61E282" })
	void aCloseReasonThatIsNotUtf8Is1007(String reason) {
		assertViolation(client(0x88, hex("03E8" + reason)).bytes(), 1007);
	}

	@Test
	void aCloseReasonInsideATextMessageIsATextOfItsOwn() {
		assertThat(read(client(0x01, hex("E282")), client(0x88, hex("03E8 C3A9"))))
			.containsExactly(frame(0x1, false, "\u00E2\u0082"), frame(0x8, true, "\u0003\u00E8\u00C3\u00A9"));
	}

	private void assertViolation(byte[] bytes, int code) {
		assertThat(violationsOf(read(bytes))).containsExactly(code);
		this.channel = channel(false, Long.MAX_VALUE);
		assertThat(violationsOf(readByteByByte(bytes))).containsExactly(code);
	}

	private static List<Integer> violationsOf(List<Object> received) {
		return received.stream()
			.filter(ProtocolViolation.class::isInstance)
			.map((violation) -> ((ProtocolViolation) violation).code())
			.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "80", "C0", "E080", "EDA0", "F08F", "F490", "F5", "E2824E" })
	void textIsRefusedAtTheFirstBadByteOfAFrameThatIsNotWhole(String bad) {
		byte[] payload = hex("616263" + bad);
		byte[] header = client(0x81, payload).claiming(2, 60_000).bytes();
		assertThat(readByteByByte(Arrays.copyOf(header, header.length - 1))).isEmpty();
		byte[] last = { header[header.length - 1] };
		assertThat(violationsOf(read(last))).containsExactly(1007);
	}

	@Test
	void aCodePointMaySpanFragmentsAndControlFrames() {
		assertThat(read(client(0x01, hex("E2")), client(0x89, hex("FF")), client(0x00, hex("82")),
				client(0x00, hex("")), client(0x80, hex("AC"))))
			.containsExactly(frame(0x1, false, "\u00E2"), frame(0x9, true, "\u00FF"), frame(0x0, false, "\u0082"),
					frame(0x0, false, ""), frame(0x0, true, "\u00AC"));
	}

	@Test
	void aMessageThatEndsInsideACodePointIs1007() {
		assertThat(violationsOf(read(client(0x81, hex("61E282"))))).containsExactly(1007);
	}

	@Test
	void anEmptyLastFragmentEndsTheTextToo() {
		List<Object> received = read(client(0x01, hex("E282")), client(0x80, hex("")));
		assertThat(received).hasSize(2);
		assertThat(violationsOf(received)).containsExactly(1007);
	}

	@Test
	void binaryMessagesNeedNotBeUtf8() {
		assertThat(read(client(0x02, hex("FF")), client(0x80, hex("C0")))).containsExactly(frame(0x2, false, "\u00FF"),
				frame(0x0, true, "\u00C0"));
	}

	@Test
	void rsv1MarksTheFirstFrameOfACompressedMessageWhichIsNotCheckedAsText() {
		this.channel = channel(true, Long.MAX_VALUE);
		assertThat(read(client(0x41, hex("FF")), client(0x80, hex("C0")), client(0x81, hex("61")))).containsExactly(
				new ReceivedFrame(0x1, false, 4, "\u00FF"), frame(0x0, true, "\u00C0"), frame(0x1, true, "a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "A1", "91", "E1", "D2", "C9", "C8", "C0", "0180000000 00C0", "4180000000 0040" })
	void compressionAllowsNoOtherRsvBitAndNoOtherFrame(String bytes) {
		this.channel = channel(true, Long.MAX_VALUE);
		assertThat(violationsOf(read(hex(bytes)))).containsExactly(1002);
	}

	@Test
	void uncompressedTextIsCheckedWhereCompressionIsNegotiated() {
		this.channel = channel(true, Long.MAX_VALUE);
		assertThat(violationsOf(read(client(0xC2, hex("FF")), client(0x81, hex("FF"))))).containsExactly(1007);
	}

	@Test
	void whatCameBeforeAViolationIsHandedOnBeforeItAndWhatComesAfterIsNot() {
		List<Object> received = read(client(0x81, text("a")), client(0x89, text("b")), client(0x83, text("c")),
				client(0x81, text("d")));
		assertThat(received.subList(0, 2)).containsExactly(frame(0x1, true, "a"), frame(0x9, true, "b"));
		assertThat(violationsOf(received)).containsExactly(1002);
		assertThat(received).hasSize(3);
		assertThat(read(client(0x81, text("e")))).isEmpty();
	}

	@Test
	void afterACloseFrameNothingIsRead() {
		assertThat(read(client(0x88, hex("03E8")), client(0x81, text("a"))))
			.containsExactly(frame(0x8, true, "\u0003\u00E8"));
		assertThat(read(hex("FFFF"))).isEmpty();
	}

	@Test
	void aFrameWithinOneReadIsASliceOfIt() {
		ByteBuf in = Unpooled.copiedBuffer(client(0x82, text("abc")).bytes());
		this.channel.writeInbound(in);
		BinaryWebSocketFrame frame = this.channel.readInbound();
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
		this.channel.writeInbound(in);
		assertThat(ReceivedFrame.all(this.channel)).containsExactly(frame(0x1, true, ReceivedFrame.latin1(payload)));
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
		this.channel = channel(true, Long.MAX_VALUE);
		assertThat(read(Arrays.copyOf(bytes, 14))).isEmpty();
		assertThat(read(Arrays.copyOfRange(bytes, 14, 16))).containsExactly(new ReceivedFrame(0x1, false, 4, "\0\0"));
		assertThat(read(Arrays.copyOfRange(bytes, 16, 17))).containsExactly(frame(0x0, false, "\0"));
		assertThat(read(Arrays.copyOfRange(bytes, 17, bytes.length)))
			.containsExactly(frame(0x0, true, "\0".repeat(65534)));
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

	@Test
	void aLongFrameWithinOneReadIsCutInPiecesOf64KiB() {
		List<Object> received = read(client(0x02, new byte[200_000]), client(0x80, text("end")));
		assertThat(received).containsExactly(frame(0x2, false, "\0".repeat(65536)),
				frame(0x0, false, "\0".repeat(65536)), frame(0x0, false, "\0".repeat(65536)),
				frame(0x0, false, "\0".repeat(200_000 - 3 * 65536)), frame(0x0, true, "end"));
	}

	@Test
	void aHeaderThatClaimsALotCostsNothing() {
		read(client(0x82, new byte[0]).claiming(8, 1L << 62).bytes());
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
		assertThat(read(new byte[] { 1, 2, 3 })).hasSize(1);
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

	@Test
	void aFrameIsGatheredInWhatItsBytesNeed() {
		read(client(0x82, new byte[0]).claiming(8, 65536).bytes());
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
		read(new byte[1000]);
		assertThat(this.allocator.metric().usedHeapMemory()).isEqualTo(1000);
		read(new byte[1000]);
		assertThat(this.allocator.metric().usedHeapMemory()).isBetween(2000L, 4000L);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 13, 14, 15, 100 })
	void whatWasGatheredIsReleasedWhenTheChannelCloses(int cut) {
		byte[] bytes = client(0x82, new byte[1000]).bytes();
		read(Arrays.copyOf(bytes, cut));
		assertThat(this.channel.close().isSuccess()).isTrue();
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 13, 14, 15, 100 })
	void whatWasGatheredIsReleasedWhenTheDecoderIsRemoved(int cut) {
		byte[] bytes = client(0x82, new byte[1000]).bytes();
		read(Arrays.copyOf(bytes, cut));
		this.channel.pipeline().remove("decoder");
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
	}

	@Test
	void theRestOfAReadIsReleasedIfTheDecoderIsRemovedMeanwhile() {
		this.channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
			@Override
			public void channelRead(ChannelHandlerContext ctx, Object msg) {
				ctx.fireChannelRead(msg);
				ctx.pipeline().remove("decoder");
			}
		});
		ByteBuf in = Unpooled
			.copiedBuffer(ClientFrame.bytes(List.of(client(0x81, text("a")), client(0x81, text("b")))));
		this.channel.writeInbound(in);
		assertThat(ReceivedFrame.all(this.channel)).containsExactly(frame(0x1, true, "a"));
		assertThat(in.refCnt()).isZero();
	}

	@Test
	void headerThatAnnouncesTooMuchIsEnough() {
		this.channel = channel(false, 10);
		byte[] header = Arrays.copyOf(client(0x82, new byte[60_000]).bytes(), 8);
		assertThat(read(header)).containsExactly(ProtocolViolation.tooBig(10));
	}

	@Test
	void fragmentsCountTogether() {
		this.channel = channel(false, 10);
		assertThat(read(client(0x01, text("123456")), client(0x80, text("78901"))))
			.containsExactly(frame(0x1, false, "123456"), ProtocolViolation.tooBig(10));
	}

	@Test
	void eachMessageCountsAnew() {
		this.channel = channel(false, 10);
		assertThat(read(client(0x81, text("1234567890")), client(0x89, text("a ping of more")),
				client(0x81, text("1234567890"))))
			.hasSize(3)
			.doesNotHaveAnyElementsOfTypes(ProtocolViolation.class);
	}

	@Test
	void nothingIsDecodedBeforeItIsAskedFor() {
		FrameDecoder decoder = new FrameDecoder(this.allocator, true, false, Long.MAX_VALUE);
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
		FrameDecoder decoder = new FrameDecoder(this.allocator, true, false, Long.MAX_VALUE);
		byte[] bytes = ClientFrame.bytes(List.of(client(0x81, text("one")), client(0x81, text("two"))));
		for (byte each : bytes) {
			decoder.feed(Unpooled.copiedBuffer(new byte[] { each }));
		}
		assertThat(next(decoder)).isEqualTo("one");
		assertThat(next(decoder)).isEqualTo("two");
		assertThat(decoder.hasInput()).isFalse();
		assertThat(this.allocator.metric().usedHeapMemory()).isZero();
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
