package wsecho.handshake;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Addresses with their ports. */
class AddressTextTests {

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, 127.0.0.1:5555", "::1, [::1]:5555", "0:0:0:0:0:0:0:0, [::]:5555",
			"2001:DB8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:5555", "fe80::1%1, [fe80::1]:5555",
			"::ffff:192.0.2.7, 192.0.2.7:5555" })
	void addressIsAsAUriHasIt(String address, String text) throws UnknownHostException {
		assertThat(AddressText.of(new InetSocketAddress(InetAddress.getByName(address), 5555))).isEqualTo(text);
	}

}
