package wsecho.websocket.codec;

import java.util.Arrays;
import java.util.HexFormat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8Tests {

	private static final byte[] BORDERS = HexFormat.of()
		.parseHex("00417F80818F909FA0A1BFC0C1C2DFE0E1ECEDEEEFF0F1F3F4F5F8FF");

	@Test
	void everyCodePointAndWhatIsNotOneIsJudgedAsByTheJdk() {
		assertThat(checkAllThatBeginWith(new byte[0])).isGreaterThan(1_112_064);
	}

	// what continues an invalid beginning is invalid; what continues a whole code point
	// is another one
	private int checkAllThatBeginWith(byte[] beginning) {
		byte[] bytes = Arrays.copyOf(beginning, beginning.length + 1);
		int checked = 0;
		for (int last = 0; last < 256; last++) {
			bytes[beginning.length] = (byte) last;
			checkInOneAndByteByByte(bytes);
			checked++;
			if (Utf8Verdict.of(bytes, bytes.length) == Utf8Verdict.INCOMPLETE) {
				checked += checkAllThatBeginWith(bytes);
			}
		}
		return checked;
	}

	private void checkInOneAndByteByByte(byte[] bytes) {
		checkCut(bytes, 0);
		checkCut(bytes, -1);
	}

	@Test
	void fourBytesFromTheBordersAreJudgedAsByTheJdkAtEveryCut() {
		byte[] bytes = new byte[4];
		for (byte first : BORDERS) {
			for (byte second : BORDERS) {
				for (byte third : BORDERS) {
					for (byte fourth : BORDERS) {
						bytes[0] = first;
						bytes[1] = second;
						bytes[2] = third;
						bytes[3] = fourth;
						checkAtEveryCut(bytes);
					}
				}
			}
		}
	}

	private void checkAtEveryCut(byte[] bytes) {
		for (int cuts = 0; cuts < 1 << (bytes.length - 1); cuts++) {
			checkCut(bytes, cuts);
		}
	}

	@Test
	void whatStandsBetweenAsciiIsJudgedAsByTheJdk() {
		String[] middles = { "", "80", "C3", "C3A9", "E282AC", "F09F9880", "EDA080", "C0AF", "F4908080", "FF" };
		for (String middle : middles) {
			for (int before = 0; before < 20; before++) {
				for (int after = 0; after < 20; after++) {
					byte[] bytes = HexFormat.of().parseHex("61".repeat(before) + middle + "7A".repeat(after));
					checkInOneAndByteByByte(bytes);
				}
			}
		}
	}

	@Test
	void afterResetAStreamBeginsAnew() {
		Utf8 utf8 = new Utf8();
		ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] { (byte) 0xE2, 'a' });
		utf8.accept(bytes, 0, 1);
		assertThat(utf8.complete()).isFalse();
		utf8.reset();
		assertThat(utf8.complete()).isTrue();
		assertThat(utf8.accept(bytes, 1, 1)).isTrue();
	}

	/** Each bit of the cuts that is set is a cut, the lowest one after the first byte. */
	private void checkCut(byte[] bytes, int cuts) {
		Utf8 utf8 = new Utf8();
		ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
		int from = 0;
		for (int to = 1; to <= bytes.length; to++) {
			if (to == bytes.length || (cuts >> (to - 1) & 1) == 1) {
				Utf8Verdict verdict = Utf8Verdict.of(bytes, to);
				if (verdict != verdict(utf8, buffer, from, to)) {
					throw new AssertionError(HexFormat.of().formatHex(bytes, 0, to) + " is " + verdict
							+ ", but not so when read from " + from);
				}
				if (verdict == Utf8Verdict.INVALID) {
					return;
				}
				from = to;
			}
		}
	}

	private static Utf8Verdict verdict(Utf8 utf8, ByteBuf buffer, int from, int to) {
		if (!utf8.accept(buffer, from, to - from)) {
			return Utf8Verdict.INVALID;
		}
		return utf8.complete() ? Utf8Verdict.COMPLETE : Utf8Verdict.INCOMPLETE;
	}

}
