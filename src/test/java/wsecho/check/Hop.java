package wsecho.check;

import java.io.IOException;

/** What is between a client and the server. */
interface Hop extends AutoCloseable {

	/** Where it listens. */
	int port();

	@Override
	void close() throws IOException;

	/** No hop: the client speaks to the server. */
	static Hop none(int server) {
		return new Hop() {
			@Override
			public int port() {
				return server;
			}

			@Override
			public void close() {
			}
		};
	}

}
