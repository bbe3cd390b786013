package wsecho.server;

import java.nio.charset.StandardCharsets;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an empty refusal is filled with. */
class ProblemEncoderTests {

	@Test
	void failureExplainsTheAnswerToItsOwnRequest() {
		EmbeddedChannel channel = new EmbeddedChannel(new ProblemEncoder((status) -> {
		}));
		FullHttpRequest broken = request();
		broken.setDecoderResult(DecoderResult.failure(new TooLongHttpHeaderException("too long")));
		channel.writeInbound(request(), broken);
		assertThat(answer(channel, HttpResponseStatus.BAD_REQUEST)).contains("refused before a handler saw it");
		answer(channel, HttpResponseStatus.CONTINUE);
		assertThat(answer(channel, HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE))
			.contains("server.max-http-request-header-size");
		channel.finishAndReleaseAll();
	}

	private static FullHttpRequest request() {
		FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
		request.headers().set("Host", "localhost");
		return request;
	}

	private static String answer(EmbeddedChannel channel, HttpResponseStatus status) {
		channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
		FullHttpResponse response = channel.readOutbound();
		String body = response.content().toString(StandardCharsets.US_ASCII);
		response.release();
		return body;
	}

}
