package wsecho.handshake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** What a client asks for in a valid opening handshake (RFC 6455, 4.2.1). */
public final class OpeningHandshake {

	/**
	 * The field in which extensions are offered, and an attribute of a session that has
	 * one.
	 */
	public static final String EXTENSIONS = "Sec-WebSocket-Extensions";

	private final ServerWebExchange exchange;

	private final HttpServerRequest request;

	private final @Nullable Http2Request http2;

	private final FieldCheck fields;

	private OpeningHandshake(ServerWebExchange exchange) {
		this.exchange = exchange;
		this.request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		this.http2 = Http2Request.take(this.request);
		this.fields = RequestCheck.require(exchange.getRequest(), this.request, this.http2);
	}

	/**
	 * Reads the handshake of a request.
	 * @param exchange the request, and the response to come
	 * @return what it asks for
	 * @throws HandshakeRefusal if it is not a valid handshake
	 */
	static OpeningHandshake of(ServerWebExchange exchange) {
		return new OpeningHandshake(exchange);
	}

	/** Whether a request is meant to become a session, well or badly. */
	public static boolean isAttempted(@Nullable ServerHttpRequest request) {
		return request != null && RequestCheck.hasSign(request);
	}

	/** Whether a request that has become a session has been answered with 101. */
	public static boolean isUpgrade(ServerHttpRequest request) {
		return RequestCheck.hasSign(request) && !request.getMethod().matches("CONNECT");
	}

	/** The subprotocols that the client offers, in its order of preference. */
	public List<String> subprotocols() {
		return this.fields.subprotocols();
	}

	/** The extensions that the client offers, each with its parameters. */
	public List<String> extensions() {
		return ListField.elements(this.exchange.getRequest().getHeaders(), EXTENSIONS);
	}

	/** The query as it is written, or null. */
	public @Nullable String rawQuery() {
		return this.exchange.getRequest().getURI().getRawQuery();
	}

	/**
	 * What stands in the path for a variable of its pattern.
	 * @param name of the variable, which the pattern must have
	 */
	public String pathVariable(String name) {
		Map<String, String> variables = this.exchange
			.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return Objects.requireNonNull(variables.get(name));
	}

	/** The version of HTTP that it came in: 1.1 or 2. */
	String httpVersion() {
		return (this.request.version().majorVersion() == 2) ? "2" : "1.1";
	}

	/** What reached the server. */
	public ReceivedRequest arrival() {
		return ReceivedRequest.of(this.request, this.http2);
	}

	/** Completes after a time, in the event loop of the connection. */
	public Mono<Void> timer(Duration delay) {
		return Mono.delay(delay, Schedulers.fromExecutorService(channel().eventLoop())).then();
	}

	/** What the client is granted of the compression it offers, or null. */
	@Nullable AcceptedExtension compression() {
		return AcceptedExtension.of(this.fields.extensions());
	}

	Channel channel() {
		return ((Connection) this.request).channel();
	}

	HttpServerRequest request() {
		return this.request;
	}

}
