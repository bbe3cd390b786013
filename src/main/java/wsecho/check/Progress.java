package wsecho.check;

/** Is told how the checks go on. */
interface Progress {

	/** A check begins. */
	void began(Check check);

	/** A check has ended; in the order of the table. */
	void ended(Result result);

}
