package wsecho.check;

import java.io.IOException;

/** What is between a client and the server. */
interface Hop extends AutoCloseable {

	/** Where it listens. */
	int port();

	@Override
	void close() throws IOException;

}
