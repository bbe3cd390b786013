package wsecho.websocket.codec;

/**
 * The frames of messages that a client has begun, each as it is on the wire: however it
 * is decoded, and before it is inflated.
 */
public final class FrameCount {

	private long frames;

	private long largest;

	void begins(long length) {
		this.frames++;
		if (length > this.largest) {
			this.largest = length;
		}
	}

	public long frames() {
		return this.frames;
	}

	/** The longest payload, in bytes; 0 without a frame. */
	public long largest() {
		return this.largest;
	}

}
