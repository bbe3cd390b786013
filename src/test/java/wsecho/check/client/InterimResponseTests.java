package wsecho.check.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes before the final response is none (RFC 9110, 15.2). */
class InterimResponseTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Test
	void answerFollowsAnInterimResponse() throws Exception {
		IncomingAnswer answer = new IncomingAnswer(1);
		EmbeddedChannel channel = new EmbeddedChannel(new HttpClientCodec(), new ResponseHandler(answer, null));
		channel.writeOutbound(new Request("GET", "/", List.of()).message());
		receive(channel, "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
		receive(channel, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody");
		assertThat(answer.await(TIMEOUT)).returns(200, Answer::status).returns("body", Answer::body);
		channel.finishAndReleaseAll();
	}

	@Test
	void answerFollowsAnInterimResponseOverHttp2() throws Exception {
		IncomingAnswer answer = new IncomingAnswer(2);
		EmbeddedChannel channel = new EmbeddedChannel(new Http2ResponseHandler(answer, null));
		channel.writeInbound(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("103")));
		channel.writeInbound(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")));
		channel.writeInbound(new DefaultHttp2DataFrame(Unpooled.copiedBuffer("body", StandardCharsets.UTF_8), true));
		assertThat(answer.await(TIMEOUT)).returns(200, Answer::status).returns("body", Answer::body);
		channel.finishAndReleaseAll();
	}

	private static void receive(EmbeddedChannel channel, String bytes) {
		channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
	}

}
