package wsecho.websocket.deflate;

import io.netty.buffer.ByteBufAllocator;

/**
 * What was agreed on for permessage-deflate (RFC 7692, 7.1).
 *
 * @param serverNoContextTakeover whether each message of the server's is compressed by
 * itself
 * @param clientNoContextTakeover whether each of the client's is
 * @param serverMaxWindowBits how far back the server's compression may refer, 2 to that
 * power bytes: 8 to 15
 */
public record Compression(boolean serverNoContextTakeover, boolean clientNoContextTakeover, int serverMaxWindowBits) {

	/** Marks the first frame of a compressed message (RFC 7692, 6), as Netty has it. */
	static final int RSV1 = 4;

	/**
	 * Inflates the client's messages.
	 * @param allocator allocates what comes of them
	 * @param messageLimit how long one may be, inflated, in bytes
	 */
	public MessageInflater inflater(ByteBufAllocator allocator, long messageLimit) {
		return new MessageInflater(allocator, this.clientNoContextTakeover, messageLimit);
	}

	/**
	 * Compresses the server's messages.
	 * @param allocator allocates what comes of them
	 */
	public MessageDeflater deflater(ByteBufAllocator allocator) {
		return new MessageDeflater(allocator, this.serverNoContextTakeover, this.serverMaxWindowBits);
	}

}
