package wsecho.session;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Lists the sessions, for whoever may manage the service. */
@Endpoint(id = "sessions")
class SessionsEndpoint {

	private static final int MAX_LIMIT = 1000;

	private static final int DEFAULT_LIMIT = 100;

	private final OpenSessions open;

	private final Ledger ledger;

	SessionsEndpoint(OpenSessions open, Ledger ledger) {
		this.open = open;
		this.ledger = ledger;
	}

	/**
	 * Some of the sessions.
	 * @param ended whether of those that have ended lately, the last first, and not of
	 * those that are open or about to be, in any order
	 * @param offset how many are left out first; 0 if it is null
	 * @param limit how many there are at most, from 1 to 1,000; 100 if it is null
	 * @return the list
	 */
	@ReadOperation
	Sessions sessions(@Nullable Boolean ended, @Nullable Integer offset, @Nullable Integer limit) {
		int from = within("offset", offset, 0, 0, Integer.MAX_VALUE);
		int most = within("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
		List<SessionReport> listed = Boolean.TRUE.equals(ended) ? ended(from, most) : open(from, most);
		return new Sessions(this.open.count(), this.ledger.size(), listed);
	}

	private List<SessionReport> open(int offset, int limit) {
		return this.open.all().stream().skip(offset).limit(limit).map(SessionReport::of).toList();
	}

	private List<SessionReport> ended(int offset, int limit) {
		return this.ledger.list(offset, limit).stream().map(SessionReport::of).toList();
	}

	private static int within(String name, @Nullable Integer value, int usual, int least, int most) {
		if (value == null) {
			return usual;
		}
		if (value < least || value > most) {
			String reason = name + " is " + value + "; it must be from " + least + " to " + most;
			throw new InvalidEndpointRequestException(reason, reason);
		}
		return value;
	}

	/**
	 * Some of the sessions.
	 *
	 * @param open how many are open, or about to be
	 * @param ended how many have ended lately and are known
	 * @param sessions those that were asked for
	 */
	record Sessions(int open, int ended, List<SessionReport> sessions) {

	}

}
