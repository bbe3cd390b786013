package wsecho.check;

import java.io.IOException;
import java.util.List;

/** Takes results: as they come, or all at the end. */
interface Output {

	/** Checks begin; no table is loaded yet. */
	default void begin(List<Route> routes) {
	}

	/** A check has ended. */
	default void ended(Route route, Result result) {
	}

	/**
	 * All is over.
	 * @param reports one for each route
	 * @throws IOException if a file cannot be written
	 */
	default void finish(List<Report> reports) throws IOException {
	}

}
