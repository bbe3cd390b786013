package wsecho.page;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The page, as an HTTP client sees it. */
@RunningService
class PageTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource({ "/, text/html", "/page.css, text/css", "/page.js, text/javascript", "/icon.svg, image/svg+xml" })
	void assetHasItsTypeAndIsProtected(String path, String type) throws Exception {
		HttpResponse<String> response = send("GET", path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(header(response, "Content-Type")).startsWith(type);
		assertThat(header(response, "Content-Security-Policy").split("; ", -1)).containsExactlyInAnyOrder(
				"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
				"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'");
		assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
	}

	@Test
	void nothingIsInline() throws Exception {
		assertThat(send("GET", "/").body())
			.doesNotContainPattern("<style|<script>|\\s(style|on\\w+)=|javascript:|data:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/page.css", "/page.js" })
	void nothingComesFromAnotherHost(String path) throws Exception {
		assertThat(send("GET", path).body()).doesNotContain("://");
	}

	@Test
	void headHasNoBody() throws Exception {
		HttpResponse<String> response = send("HEAD", "/");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
		assertThat(response.headers()).isEqualTo(send("GET", "/").headers());
	}

	@Test
	void unknownPathIsAProblem() throws Exception {
		HttpResponse<String> response = send("GET", "/unknown");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz" })
	void probeAnswers(String path) throws Exception {
		assertThat(send("GET", path).statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> send(String method, String path) throws Exception {
		URI uri = URI.create("http://localhost:" + this.port + path);
		return HTTP.send(HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
				BodyHandlers.ofString());
	}

	private static String header(HttpResponse<String> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

}
