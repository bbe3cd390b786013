package wsecho.handshake;

import java.util.List;
import java.util.Map;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import wsecho.websocket.SessionEnd;
import wsecho.websocket.SessionListener;
import wsecho.websocket.SessionOptions;
import wsecho.websocket.deflate.Compression;

/** The server's side of the opening handshake (RFC 6455, 4.2): refuses, or upgrades. */
final class ServerHandshake implements WebSocketService {

	private static final MultiValueMap<String, HttpCookie> NO_COOKIES = CollectionUtils
		.unmodifiableMultiValueMap(new LinkedMultiValueMap<>(0));

	private final SessionAdmission admission;

	private final SessionDefaults defaults;

	ServerHandshake(SessionAdmission admission, SessionDefaults defaults) {
		this.admission = admission;
		this.defaults = defaults;
	}

	/**
	 * Opens a session.
	 * @param exchange the request
	 * @param handler handles the session; a {@link NegotiatingHandler} negotiates it
	 * first
	 * @return completes when the session has ended; fails with a {@link HandshakeRefusal}
	 * if there is to be none
	 */
	@Override
	public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
		return Mono.defer(() -> {
			OpeningHandshake opening = OpeningHandshake.of(exchange);
			Negotiation negotiation = negotiate(opening, handler);
			SessionListener listener = this.admission.admit(exchange.getRequest(), opening.httpVersion(), negotiation);
			return gate(negotiation.gate(), opening)
				.then(Mono.defer(() -> upgrade(exchange, opening, negotiation, listener)))
				.doOnError((failure) -> listener.ended(SessionEnd.LOST))
				.doOnCancel(() -> listener.ended(SessionEnd.LOST));
		}).doOnError(HandshakeRefusal.class, (refusal) -> this.admission.refused(refusal.getStatusCode().value()));
	}

	// of the subprotocols offered the first is selected, whatever it is
	private Negotiation negotiate(OpeningHandshake opening, WebSocketHandler handler) {
		if (handler instanceof NegotiatingHandler negotiating) {
			return negotiating.negotiate(opening);
		}
		return new Negotiation(handler, opening.subprotocols().stream().findFirst().orElse(null),
				this.defaults.compression(), null, SessionOptions.standard(this.defaults.messageLimit()));
	}

	// what follows happens in the event loop again
	private static Mono<Void> gate(@Nullable Mono<Void> gate, OpeningHandshake opening) {
		if (gate == null) {
			return Mono.empty();
		}
		Channel channel = opening.channel();
		Runnable giveUp = EarlyBytes.keep(channel);
		return gate.publishOn(Schedulers.fromExecutor(channel.eventLoop()))
			.doOnTerminate(giveUp)
			.doOnError((failure) -> channel.config().setAutoRead(true));
	}

	private static Mono<Void> upgrade(ServerWebExchange exchange, OpeningHandshake opening, Negotiation negotiation,
			SessionListener listener) {
		Compression compression = negotiation.compress() ? opening.compression() : null;
		String subprotocol = negotiation.subprotocol();
		HandshakeInfo info = info(exchange, opening.request().requestHeaders(), subprotocol, compression);
		simplify(opening.request().requestHeaders(), subprotocol);
		return new UpgradeStrategy(compression, negotiation.options(), listener).upgrade(exchange,
				negotiation.handler(), subprotocol, () -> info);
	}

	// Netty reads the first line of each field alone, and of Upgrade only the one name
	private static void simplify(io.netty.handler.codec.http.HttpHeaders headers, @Nullable String subprotocol) {
		headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		headers.remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
		if (subprotocol != null) {
			headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol);
		}
	}

	// the headers are copied, since the request's are cleared; as Netty's, which keeps
	// their
	// hashes and copies no lists
	private static HandshakeInfo info(ServerWebExchange exchange, io.netty.handler.codec.http.HttpHeaders nativeHeaders,
			@Nullable String subprotocol, @Nullable Compression compression) {
		ServerHttpRequest request = exchange.getRequest();
		HttpHeaders headers = new HttpHeaders(new Netty4HeadersAdapter(nativeHeaders.copy()));
		return new HandshakeInfo(request.getURI(), headers, cookies(request), exchange.getPrincipal(), subprotocol,
				request.getRemoteAddress(),
				(compression != null) ? Map.of(OpeningHandshake.EXTENSIONS, compression.header()) : Map.of(),
				exchange.getLogPrefix());
	}

	// not by the request: Reactor Netty keeps what it parses for as long as the
	// connection
	private static MultiValueMap<String, HttpCookie> cookies(ServerHttpRequest request) {
		List<String> lines = request.getHeaders().getOrEmpty(HttpHeaders.COOKIE);
		if (lines.isEmpty()) {
			return NO_COOKIES;
		}
		MultiValueMap<String, HttpCookie> cookies = new LinkedMultiValueMap<>();
		for (String line : lines) {
			ServerCookieDecoder.STRICT.decodeAll(line)
				.forEach((cookie) -> cookies.add(cookie.name(), new HttpCookie(cookie.name(), cookie.value())));
		}
		return CollectionUtils.unmodifiableMultiValueMap(cookies);
	}

}
