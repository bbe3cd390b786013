package wsecho.http;

import wsecho.websocket.OneWayTraffic;
import wsecho.websocket.Traffic;

/** What has gone through a response and its request, counted in its event loop. */
public final class BodyTraffic implements Traffic {

	private final OneWayTraffic incoming = new OneWayTraffic();

	private final OneWayTraffic outgoing = new OneWayTraffic();

	/** So many bytes of the request's body have come. */
	public void received(int bytes) {
		this.incoming.add(bytes);
		this.incoming.moved();
	}

	/** So many bytes of the response's body are handed to the network. */
	public void sent(int bytes) {
		this.outgoing.add(bytes);
		this.outgoing.moved();
	}

	/** A message of the client's has come whole. */
	public void messageReceived() {
		this.incoming.completed();
	}

	/** A message to the client is whole. */
	public void messageSent() {
		this.outgoing.completed();
	}

	@Override
	public OneWayTraffic incoming() {
		return this.incoming;
	}

	@Override
	public OneWayTraffic outgoing() {
		return this.outgoing;
	}

}
