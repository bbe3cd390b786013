package wsecho.websocket.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import wsecho.fixture.Fuzz;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random streams, right and wrong, cut at random places, the short ones at every place:
 * whatever part of a stream has come, what was handed on is what {@link FrameModel} says.
 * {@link Fuzz} says how to go on for longer.
 */
class FrameStreamTests {

	private static final int STREAMS = 2000;

	private static final int SHORT = 200;

	private static final byte GUARD = 0x55;

	@Test
	@Timeout(value = 1, unit = TimeUnit.DAYS, threadMode = ThreadMode.SAME_THREAD)
	void everyStreamIsReadAsTheModelReadsIt() throws Exception {
		Fuzz.run(STREAMS, 1, this::check);
	}

	private void check(long seed) {
		Random random = new Random(seed);
		boolean compressed = random.nextBoolean();
		byte[] stream = RandomStream.bytes(random, compressed);
		try {
			check(random, stream, compressed);
		}
		catch (Throwable ex) {
			throw new AssertionError((compressed ? "compressed " : "") + stream.length + " bytes: "
					+ HexFormat.of().formatHex(stream, 0, Math.min(stream.length, SHORT)), ex);
		}
	}

	private void check(Random random, byte[] stream, boolean compressed) {
		List<Object> expected = FrameModel.read(stream, compressed);
		new Run(stream, compressed).read((at) -> stream.length).matches(expected);
		for (int i = 0; i < 3; i++) {
			int most = 1 + random.nextInt(stream.length + 1);
			new Run(stream, compressed).read((at) -> at + 1 + random.nextInt(most)).matches(expected);
		}
		if (stream.length <= SHORT) {
			new Run(stream, compressed).checkEachRead().read((at) -> at + 1).matches(expected);
			for (int cut = 1; cut < stream.length; cut++) {
				int first = cut;
				new Run(stream, compressed).checkEachRead()
					.read((at) -> (at < first) ? first : stream.length)
					.matches(expected);
			}
		}
	}

	/** One reading of a stream. */
	private static final class Run {

		private final byte[] stream;

		private final boolean compressed;

		private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

		private final EmbeddedChannel channel;

		private final List<Object> received = new ArrayList<>();

		private boolean checkEachRead;

		Run(byte[] stream, boolean compressed) {
			this.stream = stream;
			this.compressed = compressed;
			this.channel = new EmbeddedChannel();
			this.channel.config().setAllocator(this.allocator);
			this.channel.pipeline().addLast(new DecodingHandler(this.allocator, compressed));
		}

		Run checkEachRead() {
			this.checkEachRead = true;
			return this;
		}

		/**
		 * Reads the stream to its end.
		 * @param next where the read ends that begins at a place
		 */
		Run read(IntUnaryOperator next) {
			for (int at = 0; at < this.stream.length;) {
				int end = Math.min(next.applyAsInt(at), this.stream.length);
				read(Arrays.copyOfRange(this.stream, at, end));
				at = end;
				if (this.checkEachRead) {
					matches(FrameModel.read(Arrays.copyOf(this.stream, at), this.compressed));
				}
			}
			this.channel.finishAndReleaseAll();
			assertThat(this.allocator.metric().usedHeapMemory()).isZero();
			return this;
		}

		private void read(byte[] bytes) {
			ByteBuf whole = Unpooled.buffer(bytes.length + 2).writeByte(GUARD).writeBytes(bytes).writeByte(GUARD);
			this.channel.writeInbound(whole.retain().slice(1, bytes.length));
			this.received.addAll(ReceivedFrame.all(this.channel));
			assertThat(whole.getByte(0)).isEqualTo(GUARD);
			assertThat(whole.getByte(bytes.length + 1)).isEqualTo(GUARD);
			assertThat(whole.refCnt()).isEqualTo(1);
		}

		void matches(List<Object> expected) {
			if (!new Match(this.received).matches(expected)) {
				throw new AssertionError("expected " + expected + "\nreceived " + this.received);
			}
		}

	}

	/** Where in what was received the comparison is. */
	private static final class Match {

		private final List<Object> received;

		private int at;

		Match(List<Object> received) {
			this.received = received;
		}

		boolean matches(List<Object> expected) {
			boolean same = true;
			for (int i = 0; same && i < expected.size(); i++) {
				same = (expected.get(i) instanceof FrameModel.Frame frame) ? frame(frame, i + 1 < expected.size())
						: violation((FrameModel.Violation) expected.get(i));
			}
			return same && this.at == this.received.size();
		}

		private boolean violation(FrameModel.Violation expected) {
			return this.at < this.received.size() && this.received.get(this.at++) instanceof ProtocolViolation violation
					&& violation.code() == expected.code();
		}

		private @Nullable ReceivedFrame next() {
			return (this.at < this.received.size() && this.received.get(this.at) instanceof ReceivedFrame frame) ? frame
					: null;
		}

		private boolean frame(FrameModel.Frame expected, boolean more) {
			if (expected.isLong()) {
				return pieces(expected, more && !expected.whole());
			}
			ReceivedFrame wanted = new ReceivedFrame(expected.opcode(), expected.fin(), expected.rsv(),
					expected.payload());
			boolean same = wanted.equals(next());
			this.at++;
			return same;
		}

		private boolean pieces(FrameModel.Frame expected, boolean broken) {
			StringBuilder joined = new StringBuilder();
			int length = expected.payload().length();
			for (ReceivedFrame piece = next(); piece != null && joined.length() < length; piece = next()) {
				boolean first = joined.length() == 0;
				joined.append(piece.payload());
				boolean last = expected.whole() && joined.length() == length;
				if (!isPiece(piece, first ? expected.opcode() : 0, first ? expected.rsv() : 0,
						last && expected.fin())) {
					return false;
				}
				this.at++;
			}
			return broken ? expected.payload().startsWith(joined.toString()) : expected.payload().contentEquals(joined);
		}

		private static boolean isPiece(ReceivedFrame piece, int opcode, int rsv, boolean fin) {
			int length = piece.payload().length();
			return piece.opcode() == opcode && piece.rsv() == rsv && piece.fin() == fin && length > 0
					&& length <= 65536;
		}

	}

}
