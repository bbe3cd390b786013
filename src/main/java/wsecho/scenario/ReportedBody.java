package wsecho.scenario;

import java.util.HexFormat;

/**
 * What came of the body of a request.
 *
 * @param bytes its length
 * @param crc32 its CRC-32, as gzip has it (RFC 1952, 8), in 8 hexadecimal digits
 */
public record ReportedBody(long bytes, String crc32) {

	/**
	 * That of a body.
	 * @param bytes its length
	 * @param crc32 its CRC-32
	 */
	public static ReportedBody of(long bytes, long crc32) {
		return new ReportedBody(bytes, HexFormat.of().toHexDigits((int) crc32));
	}

}
