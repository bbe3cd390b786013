package wsecho.check.script;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

import wsecho.check.client.Client;
import wsecho.check.table.Facts;
import wsecho.check.table.Step;
import wsecho.check.table.Values;

/**
 * The same with each address of the server's by itself, at once.
 *
 * @param client connects
 * @param values those that steps name
 */
record EachAddress(Client client, Values values) {

	private static final int MAX_ADDRESSES = 16;

	void run(Step step, Facts facts) {
		List<Step> steps = step.steps();
		List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
		for (InetAddress address : addresses()) {
			attempts.add(CompletableFuture.supplyAsync(() -> attempt(address, steps), Threads.EACH));
		}
		List<Attempt> all = attempts.stream().map(CompletableFuture::join).toList();
		facts.put("addresses.count", all.size());
		facts.put("addresses.opened", text(all.stream().filter(Attempt::isOpened).toList()));
		facts.put("addresses.failed", text(all.stream().filter((one) -> !one.isOpened()).toList()));
		facts.put("addresses.opened.ipv4", count(all, true, false))
			.put("addresses.opened.ipv6", count(all, true, true));
		facts.put("addresses.failed.ipv4", count(all, false, false))
			.put("addresses.failed.ipv6", count(all, false, true));
	}

	private List<InetAddress> addresses() {
		try {
			return this.client.route().addresses().stream().distinct().limit(MAX_ADDRESSES).toList();
		}
		catch (UnknownHostException ex) {
			return List.of();
		}
	}

	private Attempt attempt(InetAddress address, List<Step> steps) {
		try {
			return new Attempt(address, new Script(this.client.at(address), this.values).run(steps));
		}
		catch (InterruptedException ex) {
			throw new CompletionException(ex);
		}
	}

	private static String text(List<Attempt> attempts) {
		return attempts.stream().map(Attempt::text).collect(Collectors.joining(", "));
	}

	private static long count(List<Attempt> attempts, boolean opened, boolean ipv6) {
		return attempts.stream()
			.filter((one) -> one.isOpened() == opened && one.address() instanceof Inet6Address == ipv6)
			.count();
	}

	/**
	 * What came of one.
	 *
	 * @param address the address
	 * @param facts what was seen there
	 */
	private record Attempt(InetAddress address, Facts facts) {

		boolean isOpened() {
			return Boolean.TRUE.equals(this.facts.get("open.ok"));
		}

		String text() {
			String why = String.valueOf(this.facts.has("refused.status") ? this.facts.get("refused.status")
					: this.facts.get("open.failure"));
			return this.address.getHostAddress() + (isOpened() ? "" : " (" + why + ")");
		}

	}

}
