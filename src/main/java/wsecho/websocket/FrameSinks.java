package wsecho.websocket;

import org.jspecify.annotations.Nullable;

/** What a session sends at the moment: those that have not ended, linked. */
final class FrameSinks {

	private @Nullable FrameSink first;

	void add(FrameSink sender) {
		sender.next(this.first);
		this.first = sender;
	}

	void remove(FrameSink sender) {
		if (this.first == sender) {
			this.first = sender.next();
			return;
		}
		for (FrameSink each = this.first; each != null; each = each.next()) {
			if (each.next() == sender) {
				each.next(sender.next());
			}
		}
	}

	/** The channel can be written to again. */
	void resume() {
		for (FrameSink each = this.first; each != null; each = each.next()) {
			each.resume();
		}
	}

	/** Completes all of them. */
	void end() {
		FrameSink ended = this.first;
		this.first = null;
		for (FrameSink each = ended; each != null; each = each.next()) {
			each.end();
		}
	}

}
