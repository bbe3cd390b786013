package wsecho.check.report;

import java.io.IOException;
import java.util.List;

import wsecho.check.client.Route;
import wsecho.check.table.Result;

/** Takes results: as they come, or all at the end. */
public interface Output {

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
