package wsecho.check.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * NO_PROXY: names, which stand for what is below them too, addresses and subnets (CIDR);
 * {@code *} is for all.
 *
 * @param list its value
 */
record NoProxy(String list) {

	boolean isFor(Target target) {
		String host = target.host().toLowerCase(Locale.ROOT);
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
		return Arrays.stream(this.list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
			.filter((entry) -> !entry.isEmpty())
			.anyMatch((entry) -> entry.equals("*") || covers(entry, host, address));
	}

	private static boolean covers(String entry, String host, @Nullable InetAddress address) {
		if (address != null) {
			return entry.equals(host) || (entry.contains("/") && contains(entry, address));
		}
		String name = entry.startsWith(".") ? entry.substring(1) : entry;
		return host.equals(name) || host.endsWith("." + name);
	}

	private static boolean contains(String subnet, InetAddress address) {
		try {
			return new IpSubnetFilterRule(subnet, IpFilterRuleType.ACCEPT).matches(new InetSocketAddress(address, 0));
		}
		catch (IllegalArgumentException ex) {
			// what others read there may be more
			return false;
		}
	}

}
