package wsecho.websocket;

import org.jspecify.annotations.Nullable;

/** What a session sends at the moment: those that have not ended, linked. */
final class Senders {

	private @Nullable Outbound first;

	void add(Outbound sender) {
		sender.next(this.first);
		this.first = sender;
	}

	void remove(Outbound sender) {
		if (this.first == sender) {
			this.first = sender.next();
			return;
		}
		for (Outbound each = this.first; each != null; each = each.next()) {
			if (each.next() == sender) {
				each.next(sender.next());
			}
		}
	}

	/** The channel can be written to again. */
	void resume() {
		for (Outbound each = this.first; each != null; each = each.next()) {
			each.resume();
		}
	}

	/** Completes all of them. */
	void end() {
		Outbound ended = this.first;
		this.first = null;
		for (Outbound each = ended; each != null; each = each.next()) {
			each.end();
		}
	}

}
