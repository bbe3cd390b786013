package wsecho.page;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/** The page and its assets, each at one address. */
@Configuration(proxyBeanMethods = false)
class PageRoutes {

	// the page loads from its own origin alone, and connects to it; nothing may frame it
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	@Bean
	RouterFunction<ServerResponse> page() {
		return route().resource(path("/"), asset("index.html"), PageRoutes::protect)
			.resource(path("/page.css"), asset("page.css"), PageRoutes::protect)
			.resource(path("/page.js"), asset("page.js"), PageRoutes::protect)
			.resource(path("/icon.svg"), asset("icon.svg"), PageRoutes::protect)
			.build();
	}

	private static Resource asset(String name) {
		return new ClassPathResource(name, PageRoutes.class);
	}

	private static void protect(Resource asset, HttpHeaders headers) {
		headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("Referrer-Policy", "no-referrer");
		headers.setCacheControl(CacheControl.noCache());
	}

}
