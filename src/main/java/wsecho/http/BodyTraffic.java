package wsecho.http;

import wsecho.websocket.Traffic;

/** What has gone through a response and its request, counted in its event loop. */
public final class BodyTraffic implements Traffic {

	private long messagesReceived;

	private long bytesReceived;

	private long messagesSent;

	private long bytesSent;

	private long lastReceived;

	private long lastSent;

	/** So many bytes of the request's body have come. */
	public void received(int bytes) {
		this.bytesReceived += bytes;
		this.lastReceived = System.currentTimeMillis();
	}

	/** So many bytes of the response's body are handed to the network. */
	public void sent(int bytes) {
		this.bytesSent += bytes;
		this.lastSent = System.currentTimeMillis();
	}

	/** A message of the client's has come whole. */
	public void messageReceived() {
		this.messagesReceived++;
	}

	/** A message to the client is whole. */
	public void messageSent() {
		this.messagesSent++;
	}

	@Override
	public long messagesReceived() {
		return this.messagesReceived;
	}

	@Override
	public long bytesReceived() {
		return this.bytesReceived;
	}

	@Override
	public long messagesSent() {
		return this.messagesSent;
	}

	@Override
	public long bytesSent() {
		return this.bytesSent;
	}

	@Override
	public long lastReceived() {
		return this.lastReceived;
	}

	@Override
	public long lastSent() {
		return this.lastSent;
	}

}
