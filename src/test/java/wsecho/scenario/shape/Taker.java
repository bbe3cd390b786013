package wsecho.scenario.shape;

import java.util.ArrayList;
import java.util.List;

import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.WebSocketMessage;
import reactor.core.publisher.BaseSubscriber;

/** A subscriber that takes some messages and then cancels. */
final class Taker extends BaseSubscriber<WebSocketMessage> {

	private final List<String> taken = new ArrayList<>();

	private final int count;

	private final boolean within;

	/**
	 * Makes a subscriber.
	 * @param count how many it takes
	 * @param within whether it has requested more, and cancels while it is handed the
	 * last one
	 */
	Taker(int count, boolean within) {
		this.count = count;
		this.within = within;
	}

	List<String> taken() {
		return this.taken;
	}

	@Override
	protected void hookOnSubscribe(Subscription source) {
		if (this.within) {
			requestUnbounded();
		}
		else if (this.count > 0) {
			request(this.count);
		}
	}

	@Override
	protected void hookOnNext(WebSocketMessage message) {
		this.taken.add(Messages.read(message));
		if (this.within && this.taken.size() == this.count) {
			cancel();
		}
	}

}
