package wsecho.signalr.hub;

import org.jspecify.annotations.Nullable;
import wsecho.signalr.protocol.JsonValue;

/** A stream that the client sends. It comes back as a stream, or is counted. */
final class Upload {

	private final Call call;

	private long items;

	private long bytes;

	Upload(Call call) {
		this.call = call;
	}

	void item(JsonValue item) {
		this.items++;
		this.bytes += item.length();
		if (this.call.invocation().streaming()) {
			this.call.item(item);
		}
	}

	/** What is kept of the call, in bytes. */
	int size() {
		return this.call.size();
	}

	boolean isAnsweredBy(String id) {
		return id.equals(this.call.id());
	}

	/** The client has sent all of it, or has failed to. */
	void end(@Nullable String error) {
		if (error != null) {
			this.call.fail(new HubException(error));
		}
		else if (this.call.invocation().streaming()) {
			this.call.complete();
		}
		else {
			this.call.result(JsonValue.ofText("{\"items\":" + this.items + ",\"bytes\":" + this.bytes + "}"));
		}
	}

	/** The client wants no answer any more. */
	void cancel() {
		this.call.complete();
	}

}
