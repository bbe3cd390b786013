package wsecho.scenario.parameter;

import java.io.Serial;

/**
 * A value is not written as it has to be, whatever its range. Without a stack trace: it
 * is a client that causes it.
 */
final class MalformedValueException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String form;

	/**
	 * Makes the exception.
	 * @param form how a value has to be written, as what follows "it must be"
	 */
	MalformedValueException(String form) {
		super(form);
		this.form = form;
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

	String form() {
		return this.form;
	}

}
