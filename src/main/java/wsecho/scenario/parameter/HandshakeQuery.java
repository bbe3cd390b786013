package wsecho.scenario.parameter;

import wsecho.handshake.OpeningHandshake;

/** The parameters of a handshake. */
public final class HandshakeQuery extends Query {

	private final OpeningHandshake opening;

	/**
	 * Reads the query.
	 * @param opening the handshake
	 */
	public HandshakeQuery(OpeningHandshake opening) {
		super(opening.rawQuery(), opening::pathVariable);
		this.opening = opening;
	}

	public OpeningHandshake opening() {
		return this.opening;
	}

}
