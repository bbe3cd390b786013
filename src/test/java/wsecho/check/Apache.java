package wsecho.check;

import java.nio.file.Path;
import java.util.Map;

/** Apache's httpd. */
final class Apache {

	static final String RIGHT = "ProxyPreserveHost On";

	private static final Proxy.Program PROGRAM = new Proxy.Program("apache2", "Debian's package apache2-bin");

	private Apache() {
	}

	/** With parameters of its ProxyPass, and directives. */
	static Proxy before(Path test, int server, String pass, String directives) throws Exception {
		Path directory = Proxy.directory(test, "apache");
		int port = Proxy.freePort();
		Path file = Proxy.write(directory.resolve("httpd.conf"), """
				ServerRoot @directory@
				DefaultRuntimeDir @directory@
				ServerName localhost
				Listen 127.0.0.1:@port@
				PidFile @directory@/pid
				ErrorLog @directory@/error.log
				User www-data
				Group www-data
				StartServers 1
				LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
				LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
				LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
				LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
				LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
				LoadModule socache_shmcb_module /usr/lib/apache2/modules/mod_socache_shmcb.so
				LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so
				ProxyPass / http://127.0.0.1:@server@/ @pass@
				@directives@
				""",
				Map.of("directory", directory, "port", port, "server", server, "pass", pass, "directives", directives));
		return Proxy.start(directory, port, PROGRAM, "-D", "FOREGROUND", "-f", file.toString());
	}

	/** Over TLS. */
	static Proxy secured(Path test, int server, Pem pem) throws Exception {
		return before(test, server, "upgrade=websocket", """
				ProxyPreserveHost On
				RequestHeader set X-Forwarded-Proto https
				SSLEngine On
				SSLCertificateFile %s
				SSLCertificateKeyFile %s
				""".formatted(pem.certificate(), pem.key()));
	}

}
