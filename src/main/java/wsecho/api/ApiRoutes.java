package wsecho.api;

import java.util.List;
import java.util.Objects;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;
import wsecho.http.HttpPaths;
import wsecho.scenario.Scenarios;
import wsecho.scenario.parameter.Modifiers;
import wsecho.scenario.parameter.SignalrParameters;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/** The description of the WebSocket paths, for programs. */
@Configuration(proxyBeanMethods = false)
class ApiRoutes {

	private static final HttpMethod[] METHODS = { HttpMethod.GET, HttpMethod.HEAD };

	@Bean
	RouterFunction<ServerResponse> api(Scenarios scenarios, Modifiers modifiers, HttpPaths http,
			SignalrParameters signalr) {
		AsyncApi api = new AsyncApi(version(), scenarios.paths(), modifiers.all(),
				http.paths().stream().map(HttpPaths.Path::pattern).toList(), signalr.own());
		return route().route(methods(METHODS).and(path("/api")), (request) -> answer(api, request))
			.route(path("/api"),
					(request) -> Mono.error(new MethodNotAllowedException(request.method(), List.of(METHODS))))
			.build();
	}

	// not stored, since it depends on Host; readable by any page, such as an editor
	private static Mono<ServerResponse> answer(AsyncApi api, ServerRequest request) {
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noCache())
			.header("Access-Control-Allow-Origin", "*")
			.header("X-Content-Type-Options", "nosniff")
			.bodyValue(api.document(request.uri()));
	}

	// only a jar has a version
	private static String version() {
		return Objects.requireNonNullElse(ApiRoutes.class.getPackage().getImplementationVersion(), "none");
	}

}
