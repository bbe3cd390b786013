package wsecho.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What of a request's target is encoded. */
class RequestTargetTests {

	@ParameterizedTest
	@CsvSource(delimiter = ' ', textBlock = """
			/a?b={}|^ /a?b=%7B%7D%7C%5E
			/a?\u00c3\u00a9 /a?%C3%A9
			/\u0001a /%01a
			/a?100%&% /a?100%&%
			*{ *%7B
			""")
	void onlyWhatAUriCannotHaveIsEncoded(String target, String encoded) {
		assertThat(RequestTarget.encode(target)).isEqualTo(encoded);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', textBlock = """
			http://localhost http://localhost/
			http://localhost:80?a=b://c http://localhost:80/?a=b://c
			http://localhost/?a http://localhost/?a
			ws://[::1] ws://[::1]/
			/a://b /a://b
			://b ://b
			* *
			""")
	void emptyPathIsTheRoot(String target, String normal) {
		assertThat(RequestTarget.normal(target)).isEqualTo(normal);
	}

	@Test
	void validTargetIsLeftAlone() {
		String target = "/websocket?message-limit=1KB&a=%7B:/?#[]@!$&'()*+,;=-._~";
		assertThat(RequestTarget.normal(target)).isSameAs(target);
	}

}
