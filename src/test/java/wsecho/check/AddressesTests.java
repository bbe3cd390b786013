package wsecho.check;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.netty.util.NetUtil;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.check.client.Pin;
import wsecho.check.client.Route;
import wsecho.check.client.Target;
import wsecho.check.table.Verdict;
import wsecho.fixture.RunningService;

/** Each address of a name by itself. */
@RunningService
class AddressesTests {

	@LocalServerPort
	private int server;

	@Test
	void eachOfSeveralIsTried() throws Exception {
		checked(this.server, "127.0.0.1", "127.0.0.2").says("addresses", Verdict.PASS,
				"A session opens at each of 2 addresses: 127\\.0\\.0\\.1, 127\\.0\\.0\\.2\\.");
	}

	@Test
	void anIpv6AddressThatRefusesIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.HOLDS_ENDS_BACK)) {
			checked(relay.port(), "127.0.0.1", "::1").says("addresses", Verdict.FAILED,
					"IPv4 works \\(127\\.0\\.0\\.1\\), IPv6 does not: 0:0:0:0:0:0:0:1 \\([^)]+\\)\\.");
		}
	}

	@Test
	void oneOfTheSameFamilyThatRefusesIsTold() throws Exception {
		try (Relay relay = new Relay(this.server, Relay.Fault.HOLDS_ENDS_BACK)) {
			checked(relay.port(), "127.0.0.1", "127.0.0.2").says("addresses", Verdict.FAILED,
					"Sessions open at 127\\.0\\.0\\.1, and not at 127\\.0\\.0\\.2 \\(Connection refused\\)\\.");
		}
	}

	private static Checked checked(int port, String... addresses) throws Exception {
		Route usual = Route.to(Target.of("ws://echo.example.org:" + port));
		List<Pin> pins = Arrays.stream(addresses).map((address) -> pin(port, address)).toList();
		return Checked.at(new Route(usual.target(), pins, null, null, usual.trust(), List.of(), usual.timeout(), false),
				"0s", "addresses");
	}

	private static Pin pin(int port, String address) {
		InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(address);
		return new Pin("echo.example.org", port, Objects.requireNonNull(parsed));
	}

}
