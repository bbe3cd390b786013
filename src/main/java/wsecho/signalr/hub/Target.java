package wsecho.signalr.hub;

import java.util.Set;

import wsecho.signalr.protocol.JsonValue.BindingException;

/**
 * What a client may call.
 *
 * @param name as the documentation has it; clients may write it in any case
 * @param arguments how many there are, or {@link #ANY}
 * @param uploads how many streams the client sends
 * @param answers how it may be called
 * @param action what it does
 */
record Target(String name, int arguments, int uploads, Set<Answers> answers, Action action) {

	static final int ANY = -1;

	/** What a call is answered with. */
	enum Answers {

		/** One result. */
		RESULT,
		/** A stream of items. */
		STREAM

	}

	/** What a target does. */
	interface Action {

		void run(Call call) throws BindingException, HubException;

	}

	/** Runs it, unless it is not called as it has to be. */
	void invoke(Call call) {
		Answers wanted = call.invocation().streaming() ? Answers.STREAM : Answers.RESULT;
		int given = call.arguments().size();
		if (!this.answers.contains(wanted)) {
			call.refuse((wanted == Answers.STREAM)
					? "The client attempted to invoke the non-streaming '" + call.target()
							+ "' method with a streaming invocation."
					: "The client attempted to invoke the streaming '" + call.target()
							+ "' method with a non-streaming invocation.");
		}
		else if (this.arguments != ANY && given != this.arguments) {
			call.refuseArguments(
					"Invocation provides " + given + " argument(s) but target expects " + this.arguments + ".");
		}
		else {
			run(call);
		}
	}

	private void run(Call call) {
		int streams = call.invocation().uploads().size();
		try {
			if (streams != this.uploads) {
				throw new HubException(
						"Client sent " + streams + " stream(s), Hub method expects " + this.uploads + ".");
			}
			this.action.run(call);
		}
		catch (BindingException ex) {
			call.fail(ex);
		}
		catch (HubException ex) {
			call.fail(ex);
		}
	}

}
