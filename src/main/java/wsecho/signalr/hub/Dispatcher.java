package wsecho.signalr.hub;

import wsecho.signalr.protocol.HubMessage;

/**
 * Hands each message of a client's to what it is for.
 *
 * @param hub the connection that it has come by
 * @param ongoing the calls that last
 * @param signs whether the client lives
 */
record Dispatcher(HubConnection hub, Ongoing ongoing, SignsOfLife signs) {

	void dispatch(HubMessage message) {
		if (message instanceof HubMessage.Invocation invocation) {
			Targets.invoke(new Call(invocation, this.hub));
		}
		else if (message instanceof HubMessage.StreamItem item) {
			this.ongoing.item(item);
		}
		else if (message instanceof HubMessage.Completion completion) {
			this.ongoing.completed(completion);
		}
		else if (message instanceof HubMessage.Cancel cancel) {
			this.ongoing.cancel(cancel.id());
		}
		else if (message instanceof HubMessage.Ping) {
			this.signs.pinged();
		}
		else if (message instanceof HubMessage.Close) {
			this.hub.stop();
		}
	}

}
