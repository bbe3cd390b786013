package wsecho.check;

import java.nio.file.Path;
import java.util.Map;

/** nginx, before one server or several in turn. */
final class Nginx {

	static final String UPGRADE = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
			+ "proxy_set_header Connection upgrade;";

	static final String RIGHT = UPGRADE + " proxy_set_header Host $http_host;";

	/** What passes on plain HTTP as it is sent, in both directions. */
	static final String PLAIN = "proxy_http_version 1.1; proxy_request_buffering off; client_max_body_size 2m;";

	private static final Proxy.Program PROGRAM = new Proxy.Program("nginx", "Debian's package nginx-light");

	private Nginx() {
	}

	/** With directives of its location, and of its http block. */
	static Proxy before(Path test, int server, String location, String http) throws Exception {
		return start(test, "server 127.0.0.1:" + server + ";", location, PLAIN, http, "", "master_process off;");
	}

	/** With directives of its location for plain HTTP, and of its http block. */
	static Proxy plain(Path test, int server, String location, String http) throws Exception {
		return start(test, "server 127.0.0.1:" + server + ";", RIGHT, location, http, "", "master_process off;");
	}

	/** Before several servers. */
	static Proxy before(Path test, int[] servers, String location) throws Exception {
		return start(test, upstream(servers), location, PLAIN, "", "", "master_process off;");
	}

	/** Before several servers, one of which is chosen by a directive. */
	static Proxy balancing(Path test, int[] servers, String by) throws Exception {
		return start(test, by + " " + upstream(servers), RIGHT, PLAIN, "", "", "master_process off;");
	}

	private static String upstream(int[] servers) {
		StringBuilder upstream = new StringBuilder();
		for (int server : servers) {
			upstream.append("server 127.0.0.1:").append(server).append("; ");
		}
		return upstream.toString();
	}

	/** That reloads at HUP, and then ends the sessions of its old workers after 1 s. */
	static Proxy reloading(Path test, int server) throws Exception {
		return start(test, "server 127.0.0.1:" + server + ";", RIGHT, PLAIN, "", "",
				"user root; worker_processes 1; worker_shutdown_timeout 1s;");
	}

	/** Over TLS, with directives of its locations. */
	static Proxy secured(Path test, int server, Pem pem, String locations) throws Exception {
		String http = "ssl_certificate %s; ssl_certificate_key %s;".formatted(pem.certificate(), pem.key());
		return start(test, "server 127.0.0.1:" + server + ";",
				RIGHT + " proxy_set_header X-Forwarded-Proto $scheme; " + locations, PLAIN + " " + locations, http,
				"ssl http2", "master_process off;");
	}

	private static Proxy start(Path test, String upstream, String location, String plain, String http, String listen,
			String main) throws Exception {
		Path directory = Proxy.directory(test, "nginx");
		int port = Proxy.freePort();
		Path file = Proxy.write(directory.resolve("nginx.conf"), """
				daemon off; pid @directory@/pid; error_log @directory@/error.log; worker_rlimit_nofile 1024;
				@main@
				events { worker_connections 400; }
				http {
				  access_log off; client_body_temp_path @directory@/b; proxy_temp_path @directory@/p;
				  fastcgi_temp_path @directory@/f; uwsgi_temp_path @directory@/u; scgi_temp_path @directory@/s;
				  @http@
				  upstream u { @upstream@ }
				  server {
				    listen 127.0.0.1:@port@ @listen@;
				    location / { proxy_pass http://u; @plain@ }
				    location ~ ^/(websocket|signalr) { proxy_pass http://u; @location@ }
				  }
				}
				""", Map.of("directory", directory, "main", main, "http", http, "upstream", upstream, "port", port,
				"listen", listen, "location", location, "plain", plain));
		return Proxy.start(directory, port, PROGRAM, "-c", file.toString(), "-p", directory.toString(), "-e",
				directory + "/error.log");
	}

}
