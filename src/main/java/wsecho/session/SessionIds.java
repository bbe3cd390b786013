package wsecho.session;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Makes the ids of this process's sessions, which nobody can guess. */
final class SessionIds {

	private static final int BYTES = 2 * Long.BYTES;

	private final SecureRandom random = new SecureRandom();

	private final int process = this.random.nextInt();

	// asked for one by one, the random bytes cost several times as much
	private final ByteBuffer bytes = ByteBuffer.allocate(256 * BYTES).position(256 * BYTES);

	synchronized SessionId next() {
		if (!this.bytes.hasRemaining()) {
			this.random.nextBytes(this.bytes.array());
			this.bytes.clear();
		}
		return new SessionId(this.process, this.bytes.getLong(), this.bytes.getLong());
	}

	/** Whether an id can only be one of this process's. */
	boolean isOurs(SessionId id) {
		return id.process() == this.process;
	}

}
