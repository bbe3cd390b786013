package wsecho.check;

import java.nio.file.Path;
import java.util.Map;

/** HAProxy, before one server or several in turn. */
final class Haproxy {

	/** Lines of its defaults. */
	static final String RIGHT = "timeout tunnel 1h\n  option http-no-delay";

	private static final Proxy.Program PROGRAM = new Proxy.Program("haproxy", "Debian's package haproxy");

	private Haproxy() {
	}

	/** With lines of its frontend, and of its defaults. */
	static Proxy before(Path test, int server, String frontend, String defaults) throws Exception {
		return start(test, "server s 127.0.0.1:" + server, frontend, defaults, "", "-db");
	}

	/** Before several servers. */
	static Proxy before(Path test, int[] servers) throws Exception {
		StringBuilder backend = new StringBuilder("balance roundrobin");
		for (int server : servers) {
			backend.append("\n  server s").append(server).append(" 127.0.0.1:").append(server);
		}
		return start(test, backend.toString(), "", RIGHT, "", "-db");
	}

	/** Before several servers, of which clients that keep cookies come back to theirs. */
	static Proxy sticky(Path test, int[] servers) throws Exception {
		StringBuilder backend = new StringBuilder("balance roundrobin\n  cookie S insert indirect nocache");
		for (int server : servers) {
			backend.append("\n  server s%1$d 127.0.0.1:%1$d cookie s%1$d".formatted(server));
		}
		return start(test, backend.toString(), "", RIGHT, "", "-db");
	}

	/** That reloads at USR2, and then ends the sessions of its old worker after 1 s. */
	static Proxy reloading(Path test, int server) throws Exception {
		return start(test, "server s 127.0.0.1:" + server, "", "timeout tunnel 1h", "", "-W");
	}

	/** Over TLS. */
	static Proxy secured(Path test, int server, Pem pem) throws Exception {
		return start(test, "server s 127.0.0.1:" + server, "", RIGHT, "ssl crt " + pem.both() + " alpn h2,http/1.1",
				"-db");
	}

	private static Proxy start(Path test, String backend, String frontend, String defaults, String bind, String mode)
			throws Exception {
		Path directory = Proxy.directory(test, "haproxy");
		int port = Proxy.freePort();
		Path file = Proxy.write(directory.resolve("haproxy.cfg"), """
				global
				  hard-stop-after 1s
				defaults
				  mode http
				  timeout connect 5s
				  timeout client 30s
				  timeout server 30s
				  @defaults@
				frontend f
				  bind 127.0.0.1:@port@ @bind@
				  @frontend@
				  default_backend b
				backend b
				  @backend@
				""",
				Map.of("defaults", defaults, "port", port, "bind", bind, "frontend", frontend, "backend", backend));
		return Proxy.start(directory, port, PROGRAM, mode, "-f", file.toString());
	}

}
