package wsecho.check.script;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import wsecho.check.table.Facts;

/**
 * Is silent on a connection of a hub, and notes what the server sends meanwhile, the
 * longest time without anything, and whether the connection ends.
 *
 * @param carrier the connection
 * @param facts take what is seen
 */
record HubSilence(HubCarrier carrier, Facts facts) {

	private static final String PING = Pattern.quote("{\"type\":6}");

	private static final String CLOSE = "{\"type\":7";

	void last(Duration time) throws IOException, InterruptedException {
		long start = System.nanoTime();
		long until = start + time.toNanos();
		long before = start;
		long silence = 0;
		int pings = 0;
		boolean closed = false;
		for (String next = this.carrier.receive(until); next != null
				&& System.nanoTime() < until; next = this.carrier.receive(until)) {
			silence = Math.max(silence, System.nanoTime() - before);
			before = System.nanoTime();
			pings += next.split(PING, -1).length - 1;
			closed |= next.contains(CLOSE);
		}
		long now = System.nanoTime();
		this.facts.put("hub.pings", pings).put("hub.closed", closed);
		this.facts.put("hub.silence", TimeUnit.NANOSECONDS.toMillis(Math.max(silence, now - before)));
		if (this.carrier.end() != null) {
			this.facts.put("hub.cut", TimeUnit.NANOSECONDS.toMillis(now - start));
		}
	}

}
