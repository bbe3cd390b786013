package wsecho.check.client;

import java.io.IOException;

import wsecho.check.table.Facts;

/** That a connection was not made, or not of use, and what was seen of it. */
public final class ConnectionException extends IOException {

	private static final long serialVersionUID = 1;

	private final transient Facts facts;

	ConnectionException(String message, Facts facts, Throwable cause) {
		super(message, cause);
		this.facts = facts;
	}

	public Facts facts() {
		return this.facts;
	}

}
