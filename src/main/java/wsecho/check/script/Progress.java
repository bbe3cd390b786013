package wsecho.check.script;

import wsecho.check.table.Check;
import wsecho.check.table.Result;

/** Is told how the checks go on. */
public interface Progress {

	/** A check begins. */
	void began(Check check);

	/** A check has ended; in the order of the table. */
	void ended(Result result);

}
