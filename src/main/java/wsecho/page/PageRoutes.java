package wsecho.page;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/** The documents of the page, and their assets. */
@Configuration(proxyBeanMethods = false)
class PageRoutes {

	private static final HttpMethod[] METHODS = { HttpMethod.GET, HttpMethod.HEAD };

	// a document loads from its own origin alone; nothing may frame it
	private static final String PROTECTED = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
			+ "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'";

	// only the console connects to addresses that somebody has typed
	private static final String CONNECTS_ANYWHERE = PROTECTED + " ws: wss:";

	private static final CacheControl REVALIDATED = CacheControl.noCache();

	private static final CacheControl FOREVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	@Bean
	RouterFunction<ServerResponse> page() throws IOException {
		Assets assets = new Assets();
		Asset page = assets.document("index.html");
		Asset console = assets.document("console.html");
		Asset checks = Assets.json("wsecho/check/table/checks.json");
		return route().add(at("/", (request) -> page.answer(request, REVALIDATED, PROTECTED)))
			.add(at("/console", (request) -> console.answer(request, REVALIDATED, CONNECTS_ANYWHERE)))
			.add(at("/checks.json", (request) -> checks.answer(request, REVALIDATED, PROTECTED)))
			.add(at("/assets/{hash}/{*name}", (request) -> asset(assets, request)))
			.build();
	}

	private static RouterFunction<ServerResponse> at(String pattern, HandlerFunction<ServerResponse> handler) {
		return route().route(methods(METHODS).and(path(pattern)), handler)
			.route(path(pattern),
					(request) -> Mono.error(new MethodNotAllowedException(request.method(), List.of(METHODS))))
			.build();
	}

	private static Mono<ServerResponse> asset(Assets assets, ServerRequest request) {
		Asset asset = assets.find(request.pathVariable("hash"), request.pathVariable("name").substring(1));
		return (asset != null) ? asset.answer(request, FOREVER, PROTECTED)
				: Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND,
						"There is no such asset, or it is another version's: load the page again."));
	}

}
