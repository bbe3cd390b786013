package wsecho.scenario.parameter;

/** What is wrong with a parameter, as the client is told. */
sealed interface Fault {

	/** The same in a sentence. */
	String detail();

	/**
	 * A value is not accepted.
	 *
	 * @param parameter the name
	 * @param value what the client gives
	 * @param accepts what it may give
	 */
	record BadValue(String parameter, String value, String accepts) implements Fault {

		@Override
		public String detail() {
			return "%s is \"%s\"; it must be %s.".formatted(this.parameter, this.value, this.accepts);
		}

	}

	/**
	 * No parameter has that name.
	 *
	 * @param parameter the name
	 * @param nearest the name of one that there is
	 */
	record Unknown(String parameter, String nearest) implements Fault {

		@Override
		public String detail() {
			return "%s is no parameter of this path; the nearest is %s.".formatted(this.parameter, this.nearest);
		}

	}

}
