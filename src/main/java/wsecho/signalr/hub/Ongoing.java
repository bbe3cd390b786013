package wsecho.signalr.hub;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import reactor.core.scheduler.Scheduler;
import wsecho.signalr.protocol.HubMessage;
import wsecho.signalr.protocol.JsonValue;
import wsecho.websocket.HeldMemory;

/** The calls of one connection that last: streams in either direction, and questions. */
final class Ongoing {

	private static final int MOST = 10;

	private final Scheduler loop;

	private final HeldMemory memory;

	/** Run when a stream may have an item. */
	private final Runnable due;

	/** By the ids of their calls, in the order of their turns. */
	private final Map<String, Counting> counting = new LinkedHashMap<>(2);

	/** By the ids of their streams. */
	private final Map<String, Upload> uploads = new HashMap<>(2);

	/** What the client is asked, by the ids of the server's calls. */
	private final Map<String, Call> asked = new HashMap<>(2);

	private long asks;

	Ongoing(Scheduler loop, HeldMemory memory, Runnable due) {
		this.loop = loop;
		this.memory = memory;
		this.due = due;
	}

	/** Begins a stream of numbers. */
	void count(Call call, long items, Duration every) throws HubException {
		requireRoom();
		String id = Objects.requireNonNull(call.id());
		requireUnused(id, this.counting);
		this.memory.add(call.size());
		this.counting.put(id, new Counting(call, items, every, this.loop, this.due));
	}

	/** Begins to take a stream of the client's. */
	void upload(Call call) throws HubException {
		requireRoom();
		String id = call.invocation().uploads().get(0);
		requireUnused(id, this.uploads);
		this.memory.add(call.size());
		this.uploads.put(id, new Upload(call));
	}

	/**
	 * A call waits for an answer of the client's.
	 * @return the id of the server's call
	 */
	String ask(Call call) throws HubException {
		requireRoom();
		String id = "s" + ++this.asks;
		this.memory.add(call.size());
		this.asked.put(id, call);
		return id;
	}

	/** Hands on what streams are due to send, as far as there is room. */
	void advance(Outbox outbox) {
		for (Map.Entry<String, Counting> each : List.copyOf(this.counting.entrySet())) {
			Counting counting = each.getValue();
			if (counting.advance(outbox)) {
				this.counting.remove(each.getKey());
				this.memory.add(-counting.size());
			}
			else if (!outbox.hasRoom()) {
				// the room that there will be is for the others first
				this.counting.remove(each.getKey());
				this.counting.put(each.getKey(), counting);
				return;
			}
		}
	}

	/** The client has sent an item. */
	void item(HubMessage.StreamItem item) {
		Upload upload = this.uploads.get(item.id());
		if (upload != null) {
			upload.item(item.item());
		}
	}

	/** The client has ended a stream, or has answered. */
	void completed(HubMessage.Completion completion) {
		Upload upload = this.uploads.remove(completion.id());
		if (upload != null) {
			this.memory.add(-upload.size());
			upload.end(completion.error());
			return;
		}
		Call call = this.asked.remove(completion.id());
		if (call != null) {
			this.memory.add(-call.size());
			answer(call, completion);
		}
	}

	/** The client wants no more of a stream, which is still completed. */
	void cancel(String id) {
		Counting counting = this.counting.remove(id);
		if (counting != null) {
			this.memory.add(-counting.size());
			counting.cancel();
		}
		for (Upload each : List.copyOf(this.uploads.values())) {
			if (each.isAnsweredBy(id)) {
				this.uploads.values().remove(each);
				this.memory.add(-each.size());
				each.cancel();
			}
		}
	}

	/** Forgets all of them, whose memory the session gives back with all of its own. */
	void end() {
		this.counting.values().forEach(Counting::stop);
		this.counting.clear();
		this.uploads.clear();
		this.asked.clear();
	}

	private static void answer(Call call, HubMessage.Completion completion) {
		if (completion.error() != null) {
			call.fail(new HubException(completion.error()));
		}
		else {
			call.result(Objects.requireNonNullElse(completion.result(), JsonValue.NULL));
		}
	}

	private void requireRoom() throws HubException {
		if (this.counting.size() + this.uploads.size() + this.asked.size() >= MOST) {
			throw new HubException("This connection has " + MOST
					+ " streams, uploads and questions under way, and there may be no more.");
		}
	}

	private static void requireUnused(String id, Map<String, ?> ids) throws HubException {
		if (ids.containsKey(id)) {
			throw new HubException("Invocation ID '" + id + "' is already in use.");
		}
	}

}
