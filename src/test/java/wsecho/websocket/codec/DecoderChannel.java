package wsecho.websocket.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;

/** A decoder in a channel of its own, and the frames that a client sends to it. */
final class DecoderChannel {

	private static final int MASK = 0x37FA213D;

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	/** Without compression or a limit. */
	DecoderChannel() {
		this(false, Long.MAX_VALUE);
	}

	DecoderChannel(boolean compressed, long limit) {
		this.channel.config().setAllocator(this.allocator);
		this.channel.pipeline()
			.addLast("decoder", new DecodingHandler(new FrameDecoder(this.allocator, true, compressed, limit)));
	}

	EmbeddedChannel channel() {
		return this.channel;
	}

	UnpooledByteBufAllocator allocator() {
		return this.allocator;
	}

	/** How much the decoder has allocated and not released, in bytes. */
	long heldHeap() {
		return this.allocator.metric().usedHeapMemory();
	}

	/** What has been decoded since the last time: frames, and the violation. */
	List<Object> frames() {
		return ReceivedFrame.all(this.channel);
	}

	List<Object> read(ClientFrame... frames) {
		return read(ClientFrame.bytes(List.of(frames)));
	}

	List<Object> read(byte[] bytes) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes));
		return frames();
	}

	List<Object> readByteByByte(byte[] bytes) {
		return readCut(bytes, 1);
	}

	List<Object> readCut(byte[] bytes, int size) {
		List<Object> received = new ArrayList<>();
		for (int at = 0; at < bytes.length; at += size) {
			received.addAll(read(Arrays.copyOfRange(bytes, at, Math.min(at + size, bytes.length))));
		}
		return received;
	}

	static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	static ReceivedFrame frame(int opcode, boolean fin, String payload) {
		return new ReceivedFrame(opcode, fin, 0, payload);
	}

	static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static ClientFrame client(int first, byte[] payload) {
		return ClientFrame.of(first, MASK, payload);
	}

	static List<Integer> violationsOf(List<Object> received) {
		return received.stream()
			.filter(ProtocolViolation.class::isInstance)
			.map((violation) -> ((ProtocolViolation) violation).code())
			.toList();
	}

}
