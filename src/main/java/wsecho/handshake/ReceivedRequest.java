package wsecho.handshake;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What reached the server of a request, before anything of it is changed.
 *
 * @param method the method
 * @param target path and query, as they were written
 * @param version of HTTP, HTTP/1.1 or HTTP/2
 * @param fields the header fields in their order; of HTTP/2 `:authority` too fields
 * @param remote where the connection comes from
 * @param proxy which proxy has named that address by the PROXY protocol, or null
 * @param tls what was agreed on for the connection, or null if it is in the clear
 */
public record ReceivedRequest(String method, String target, String version, List<Map.Entry<String, String>> fields,
		@Nullable InetSocketAddress remote, @Nullable InetSocketAddress proxy, @Nullable Tls tls) {

	/**
	 * A TLS connection.
	 *
	 * @param version of TLS, such as TLSv1.3
	 * @param cipher the cipher suite
	 * @param serverName the host name that the client asks for (SNI; RFC 6066, 3), or
	 * null
	 * @param protocol the application protocol (ALPN; RFC 7301), or null
	 */
	public record Tls(String version, String cipher, @Nullable String serverName, @Nullable String protocol) {

		static @Nullable Tls of(Channel connection) {
			SslHandler handler = connection.pipeline().get(SslHandler.class);
			if (handler == null) {
				return null;
			}
			SSLSession session = handler.engine().getSession();
			return new Tls(session.getProtocol(), session.getCipherSuite(), serverName(session),
					handler.applicationProtocol());
		}

		private static @Nullable String serverName(SSLSession session) {
			if (session instanceof ExtendedSSLSession extended && !extended.getRequestedServerNames().isEmpty()) {
				return new String(extended.getRequestedServerNames().get(0).getEncoded(), StandardCharsets.US_ASCII);
			}
			return null;
		}

	}

	/**
	 * What reached the server of a request.
	 * @param request any request, before it is handled
	 */
	public static ReceivedRequest of(ServerHttpRequest request) {
		HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
		return of(received, Http2Request.of(received));
	}

	/**
	 * The same with the length in the place of what is secret.
	 * @param parameters of the query, whose values are
	 */
	public ReceivedRequest hiding(Set<String> parameters) {
		return new ReceivedRequest(this.method, SecretParameters.hide(this.target, parameters), this.version,
				this.fields, this.remote, this.proxy, this.tls);
	}

	static ReceivedRequest of(HttpServerRequest request, @Nullable Http2Request http2) {
		Channel channel = ((Connection) request).channel();
		Channel connection = (channel instanceof Http2StreamChannel stream) ? stream.parent() : channel;
		return new ReceivedRequest(request.method().name(), request.uri(), version(request.version()),
				(http2 != null) ? http2.fields() : List.copyOf(request.requestHeaders().entries()),
				request.remoteAddress(), ProxiedConnection.proxy(connection), Tls.of(connection));
	}

	// HTTP/2 has no minor version (RFC 9113)
	private static String version(HttpVersion version) {
		return (version.majorVersion() == 2) ? "HTTP/2" : version.text();
	}

}
