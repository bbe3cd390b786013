package wsecho.check.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the server what it saw. One that twice did not answer in time is asked with little
 * patience until it answers, since each of the checks would wait as long.
 */
public final class Ledger {

	private static final int MANY_SILENCES = 2;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(1);

	private final AtomicInteger silences = new AtomicInteger();

	/**
	 * Asks once.
	 * @throws Silence if there is no answer in time
	 * @throws IOException if there is none for another reason
	 */
	Answer ask(Client client, String path) throws IOException, InterruptedException {
		boolean briefly = isSilent();
		Duration patience = briefly ? LITTLE_PATIENCE : PATIENCE;
		long start = System.nanoTime();
		try {
			Answer answer = client.exchange(Request.plain(client.route(), path), null, patience);
			this.silences.set(0);
			return answer;
		}
		catch (IOException ex) {
			if (System.nanoTime() - start < patience.toNanos()) {
				throw ex;
			}
			this.silences.incrementAndGet();
			throw new Silence(briefly ? "silent, and asked briefly" : "silent", ex);
		}
	}

	public boolean isSilent() {
		return this.silences.get() >= MANY_SILENCES;
	}

	/** No answer in time. Its message says how patient the question was. */
	public static final class Silence extends IOException {

		private static final long serialVersionUID = 1L;

		Silence(String message, IOException cause) {
			super(message, cause);
		}

	}

}
