package wsecho.session.admission;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What counts as one address. */
class AddressLimitTests {

	private final AddressLimit limit = new AddressLimit(2);

	@Test
	void eachAddressOfIpv4CountsByItself() throws Exception {
		assertThat(acquire("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2")).containsExactly(true, true, false,
				true);
	}

	@Test
	void ipv6CountsByThe64BitsOfTheNetwork() throws Exception {
		assertThat(acquire("2001:db8::1", "2001:db8::2:3:4:5", "2001:db8::ffff", "2001:db8:0:1::1"))
			.containsExactly(true, true, false, true);
	}

	@Test
	void networkThatBeginsLikeAnAddressOfIpv4IsAnotherOne() throws Exception {
		assertThat(acquire("192.0.2.1", "192.0.2.1", "c000:201::")).containsExactly(true, true, true);
	}

	@Test
	void whatIsReleasedCanBeAcquiredAgainFromTheSameNetwork() throws Exception {
		acquire("2001:db8::1", "2001:db8::2");
		this.limit.release(InetAddress.getByName("2001:db8::1"));
		assertThat(acquire("2001:db8::3", "2001:db8::4")).containsExactly(true, false);
	}

	@Test
	void zeroIsNoLimit() throws Exception {
		AddressLimit none = new AddressLimit(0);
		for (int i = 0; i < 10; i++) {
			assertThat(none.tryAcquire(InetAddress.getByName("192.0.2.1"))).isTrue();
		}
	}

	private boolean[] acquire(String... addresses) throws Exception {
		boolean[] acquired = new boolean[addresses.length];
		for (int i = 0; i < addresses.length; i++) {
			acquired[i] = this.limit.tryAcquire(InetAddress.getByName(addresses[i]));
		}
		return acquired;
	}

}
