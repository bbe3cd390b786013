package wsecho.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

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

	private static final List<String> PROTECTED = List.of("default-src 'none'", "script-src 'self'", "style-src 'self'",
			"img-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'");

	/** What documents and modules refer to. */
	private static final Pattern REFERENCE = Pattern
		.compile("(?:href=|src=|from |new URL\\()[\"']([^\"']+\\.\\w+)[\"'](?!, (this\\.#)?base)");

	private static final int BUDGET = 150 * 1024;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = { "/, text/html, 'self'", "/console, text/html, 'self' ws: wss:",
			"/checks.json, application/json, 'self'" })
	void documentIsProtectedAndAskedForAgain(String path, String type, String connects) throws Exception {
		HttpResponse<byte[]> response = send("GET", path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(header(response, "Content-Type")).startsWith(type);
		assertThat(header(response, "Content-Security-Policy").split("; ", -1)).containsAll(PROTECTED)
			.contains("connect-src " + connects)
			.hasSize(PROTECTED.size() + 1);
		assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
		assertIsNotSentTwice(path, response);
	}

	private void assertIsNotSentTwice(String path, HttpResponse<byte[]> response) throws Exception {
		HttpResponse<byte[]> again = send("GET", path, "If-None-Match", header(response, "ETag"));
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(header(again, "Cache-Control")).isEqualTo(header(response, "Cache-Control"));
		assertThat(send("GET", path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "page.css, text/css", "page.mjs, text/javascript", "icon.svg, image/svg+xml",
			"console/main.mjs, text/javascript", "uplot.mjs, text/javascript", "uplot.css, text/css" })
	void assetIsKeptForever(String name, String type) throws Exception {
		String path = "/assets/" + hash() + "/" + name;
		HttpResponse<byte[]> response = send("GET", path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(header(response, "Content-Type")).isEqualTo(type + ";charset=utf-8");
		assertThat(header(response, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
		assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(header(response, "Content-Security-Policy")).contains("default-src 'none'");
		assertIsNotSentTwice(path, response);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/checks.json", "uplot.mjs" })
	void whoTakesGzipGetsIt(String name) throws Exception {
		String path = name.startsWith("/") ? name : "/assets/" + hash() + "/" + name;
		HttpResponse<byte[]> plain = send("GET", path, "Accept-Encoding", "br, gzip;q=0");
		HttpResponse<byte[]> compressed = send("GET", path, "Accept-Encoding", "br;q=1.0, gzip;q=0.8");
		assertThat(header(plain, "Content-Encoding")).isEmpty();
		assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
		assertThat(header(compressed, "Vary")).isEqualTo("Accept-Encoding");
		assertThat(compressed.body()).hasSizeLessThan(plain.body().length);
		assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
			.isEqualTo(plain.body());
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000000000000/page.css", "{}/unknown.css", "{}/", "{}/index.html",
			"{}/PageRoutes.class", "{}/../page.css", "{}/%2e%2e/page/page.css", "{}/%2e%2e/check/checks.json",
			"{}/console", "{}/console/", "{}//page.css" })
	void nothingElseIsAnAsset(String path) throws Exception {
		HttpResponse<byte[]> response = send("GET", "/assets/" + path.replace("{}", hash()));
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/page.css", "/index.html", "/assets/", "/console/", "/unknown",
			"/webjars/uplot/1.6.30/dist/uPlot.min.css", "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.min.css" })
	void unknownPathIsAProblem(String path) throws Exception {
		HttpResponse<byte[]> response = send("GET", path);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/console", "/checks.json" })
	void isReadOnly(String path) throws Exception {
		HttpResponse<byte[]> response = send("POST", path);
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(header(response, "Allow")).contains("GET").contains("HEAD");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/console" })
	void nothingIsInline(String path) throws Exception {
		assertThat(text(path)).doesNotContainPattern("<style|<script>|\\s(style|on\\w+)=|javascript:|data:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/console" })
	void everythingIsSmallAndRelative(String document) throws Exception {
		Set<String> paths = new LinkedHashSet<>(List.of(document));
		collect(document, paths);
		assertThat(paths).hasSizeGreaterThan(3);
		int total = 0;
		for (String path : paths) {
			HttpResponse<byte[]> response = send("GET", path, "Accept-Encoding", "gzip");
			assertThat(response.statusCode()).as(path).isEqualTo(200);
			total += response.body().length;
		}
		assertThat(total).isLessThan(BUDGET);
	}

	private void collect(String path, Set<String> paths) throws Exception {
		for (String reference : REFERENCE.matcher(text(path)).results().map((found) -> found.group(1)).toList()) {
			assertThat(reference).doesNotContain("://").doesNotStartWith("/");
			String target = URI.create(path).resolve(reference).getPath();
			if (paths.add(target)) {
				collect(target, paths);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/console", "/checks.json" })
	void headHasNoBody(String path) throws Exception {
		HttpResponse<byte[]> response = send("HEAD", path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
		assertThat(response.headers()).isEqualTo(send("GET", path).headers());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz" })
	void probeAnswers(String path) throws Exception {
		assertThat(send("GET", path).statusCode()).isEqualTo(200);
	}

	private String hash() throws Exception {
		return Pattern.compile("assets/(\\w+)/").matcher(text("/")).results().findFirst().orElseThrow().group(1);
	}

	private String text(String path) throws IOException, InterruptedException {
		return new String(send("GET", path).body(), StandardCharsets.UTF_8);
	}

	private HttpResponse<byte[]> send(String method, String path, String... headers)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + path);
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return HTTP.send(request.build(), BodyHandlers.ofByteArray());
	}

	private static String header(HttpResponse<byte[]> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

}
