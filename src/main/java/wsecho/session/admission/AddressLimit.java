package wsecho.session.admission;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the sessions of each remote address. Of IPv6 a whole /64 counts as one address,
 * since that is the least that one customer gets (RFC 6177).
 */
final class AddressLimit {

	private static final int PREFIX_BYTES = 8;

	private final int limit;

	private final Map<ByteBuffer, Integer> counts = new ConcurrentHashMap<>();

	/**
	 * A limit for each address.
	 * @param limit how many sessions; 0 for no limit
	 */
	AddressLimit(int limit) {
		this.limit = limit;
	}

	/** Counts one more session, unless there are as many as there may be. */
	boolean tryAcquire(InetAddress address) {
		if (this.limit == 0) {
			return true;
		}
		// one too many is counted too, and taken back at once
		if (this.counts.merge(key(address), 1, Integer::sum) > this.limit) {
			release(address);
			return false;
		}
		return true;
	}

	/** One that was counted has ended. */
	void release(InetAddress address) {
		if (this.limit != 0) {
			this.counts.computeIfPresent(key(address), (same, count) -> (count == 1) ? null : count - 1);
		}
	}

	private static ByteBuffer key(InetAddress address) {
		byte[] bytes = address.getAddress();
		return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, PREFIX_BYTES));
	}

}
