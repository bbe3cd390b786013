package wsecho.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Something that is served as it is. */
final class Asset {

	private final MediaType type;

	private final byte[] plain;

	private final byte[] compressed;

	// weak, since it is the same for both encodings (RFC 9110, 8.8.1)
	private final String tag;

	Asset(MediaType type, byte[] plain) {
		this.type = type;
		this.plain = plain;
		this.compressed = compress(plain);
		this.tag = "W/\"" + Hash.of(List.of(plain)) + "\"";
	}

	Asset(MediaType type, String text) {
		this(type, text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] compress(byte[] plain) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(plain);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	byte[] plain() {
		return this.plain;
	}

	/** Answers with it, or with 304 if the client has it. */
	Mono<ServerResponse> answer(ServerRequest request, CacheControl caching, String contentSecurityPolicy) {
		ServerResponse.BodyBuilder response = ServerResponse.ok()
			.contentType(this.type)
			.cacheControl(caching)
			.eTag(this.tag)
			.varyBy(HttpHeaders.ACCEPT_ENCODING)
			.header("Content-Security-Policy", contentSecurityPolicy)
			.header("X-Content-Type-Options", "nosniff")
			.header("Referrer-Policy", "no-referrer");
		return takesGzip(request) ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").bodyValue(this.compressed)
				: response.bodyValue(this.plain);
	}

	private static boolean takesGzip(ServerRequest request) {
		return request.headers()
			.header(HttpHeaders.ACCEPT_ENCODING)
			.stream()
			.flatMap((field) -> List.of(field.split(",", -1)).stream())
			.anyMatch((coding) -> coding.strip().matches("(?i)gzip(\\s*;\\s*q=(1(\\.0*)?|0?\\.\\d*[1-9]\\d*))?"));
	}

}
