package wsecho.check.script;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;

/** Payloads that are the same in each run. */
final class Fill {

	// from all planes, NUL and BOM; its length is no multiple of anything, so that
	// characters lie at all offsets
	private static final byte[] PLANES = "aé\u0000\uFEFF漢\uD83D\uDE00z\uD83C\uDF0D€ß\uDBFF\uDFFD!"
		.getBytes(StandardCharsets.UTF_8);

	private Fill() {
	}

	/** Text with characters of one to four bytes. */
	static byte[] planes(int size) {
		byte[] text = new byte[size];
		int end = 0;
		for (; end + PLANES.length <= size; end += PLANES.length) {
			System.arraycopy(PLANES, 0, text, end, PLANES.length);
		}
		Arrays.fill(text, end, size, (byte) '.');
		return text;
	}

	/** Bytes that nothing can compress. */
	static byte[] noise(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	/** Their CRC-32, as the server reports it. */
	static String crc32(byte[] bytes) {
		CRC32 sum = new CRC32();
		sum.update(bytes);
		return HexFormat.of().toHexDigits((int) sum.getValue());
	}

}
