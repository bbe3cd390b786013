package wsecho.check;

import java.io.IOException;
import java.net.Socket;

/** Hands bytes on between two connections. */
final class Pipe {

	private Pipe() {
	}

	/** Both ways, until one of them ends. */
	static void join(Socket one, Socket other) throws IOException {
		start(() -> {
			try (one) {
				other.getInputStream().transferTo(one.getOutputStream());
			}
		});
		one.getInputStream().transferTo(other.getOutputStream());
	}

	static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// one of the connections has ended
			}
		}, "pipe");
		thread.setDaemon(true);
		thread.start();
	}

	/** What may fail when a connection ends. */
	interface Task {

		void run() throws IOException;

	}

}
