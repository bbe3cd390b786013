package wsecho;

import java.util.Arrays;
import java.util.zip.Deflater;

/** What inflates to a thousand times its size. */
final class Bomb {

	private Bomb() {
	}

	/**
	 * The payload of a compressed message (RFC 7692, 7.2.1) of zeros.
	 * @param mebibytes what it inflates to
	 */
	static byte[] of(int mebibytes) {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		deflater.setInput(new byte[mebibytes << 20]);
		byte[] deflated = new byte[mebibytes << 12];
		int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
		deflater.end();
		return Arrays.copyOf(deflated, length - 4);
	}

}
