package wsecho.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/** A packaged proxy in a process of its own. */
final class Proxy implements AutoCloseable {

	private static final long START_SECONDS = 20;

	private final Process process;

	private final int port;

	private Proxy(Path directory, List<String> command, int port) throws IOException, InterruptedException {
		this.port = port;
		this.process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(directory.resolve("log").toFile())
			.start();
		awaitListener(directory);
	}

	/** nginx before a server, with directives of its location and of its http block. */
	static Proxy nginx(Path directory, int server, String location, String http)
			throws IOException, InterruptedException {
		int port = freePort();
		String configuration = """
				daemon off; master_process off; pid %1$s/pid; error_log %1$s/error.log; worker_rlimit_nofile 1024;
				events { worker_connections 400; }
				http {
				  access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
				  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
				  %5$s
				  upstream u { server 127.0.0.1:%3$d; }
				  server { listen 127.0.0.1:%2$d; location / { proxy_pass http://u; } location /websocket { proxy_pass http://u; %4$s } }
				}
				"""
			.formatted(directory, port, server, location, http);
		Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
		return new Proxy(directory, List.of(installed("nginx"), "-c", file.toString(), "-p", directory.toString(), "-e",
				directory + "/error.log"), port);
	}

	/**
	 * HAProxy before a server, with lines of its frontend and the time that a tunnel may
	 * be idle.
	 */
	static Proxy haproxy(Path directory, int server, String frontend, String tunnel)
			throws IOException, InterruptedException {
		int port = freePort();
		String configuration = """
				defaults
				  mode http
				  timeout connect 5s
				  timeout client 30s
				  timeout server 30s
				  timeout tunnel %4$s
				frontend f
				  bind 127.0.0.1:%1$d
				  %3$s
				  default_backend b
				backend b
				  server s 127.0.0.1:%2$d
				""".formatted(port, server, frontend, tunnel);
		Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
		return new Proxy(directory, List.of(installed("haproxy"), "-db", "-f", file.toString()), port);
	}

	private static String installed(String name) {
		Path program = Path.of("/usr/sbin", name);
		boolean there = Files.isExecutable(program);
		if (System.getenv("CI") == null) {
			Assumptions.assumeTrue(there, "there is no " + program + "; install Debian's package " + name);
		}
		return program.toString();
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitListener(Path directory) throws IOException, InterruptedException {
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (true) {
			try {
				new Socket(InetAddress.getLoopbackAddress(), this.port).close();
				return;
			}
			catch (IOException ex) {
				if (!this.process.isAlive() || System.nanoTime() > until) {
					close();
					throw new IOException("the proxy does not start: " + Files.readString(directory.resolve("log")),
							ex);
				}
				TimeUnit.MILLISECONDS.sleep(20);
			}
		}
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

}
