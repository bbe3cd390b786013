package wsecho;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Serves one distribution of Maven, and counts how often. */
final class Distributions implements AutoCloseable {

	static final String ARCHIVE = "/apache-maven-9.9.9-bin.tar.gz";

	private final AtomicInteger requests = new AtomicInteger();

	private final HttpServer server;

	private volatile byte[] archive;

	/** As many requests as it has parties are answered together. */
	private volatile CyclicBarrier together = new CyclicBarrier(1);

	private volatile boolean cutShort;

	Distributions(byte[] archive) throws IOException {
		this.archive = archive;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		// a thread for each request
		this.server.setExecutor((command) -> new Thread(command).start());
		this.server.createContext(ARCHIVE, this::serve);
		this.server.start();
	}

	byte[] archive() {
		return this.archive;
	}

	void archive(byte[] archive) {
		this.archive = archive;
	}

	/** Whether only half of it is sent. */
	void cutShort(boolean cutShort) {
		this.cutShort = cutShort;
	}

	/** How many requests are answered together. */
	void together(int parties) {
		this.together = new CyclicBarrier(parties);
	}

	AtomicInteger requests() {
		return this.requests;
	}

	String url(String file) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + file;
	}

	private void serve(HttpExchange exchange) throws IOException {
		this.requests.incrementAndGet();
		awaitTheOthers();
		exchange.sendResponseHeaders(200, this.archive.length);
		exchange.getResponseBody().write(this.archive, 0, this.archive.length / (this.cutShort ? 2 : 1));
		exchange.close();
	}

	private void awaitTheOthers() {
		try {
			this.together.await(1, TimeUnit.MINUTES);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
