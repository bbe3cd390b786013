package wsecho.check.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import wsecho.check.client.Message;
import wsecho.check.client.Session;
import wsecho.check.table.Facts;
import wsecho.websocket.codec.Opcode;

/**
 * Sends numbered messages without waiting for their echoes.
 *
 * @param session the session
 * @param count how many
 * @param every the time between two, 0 for all at once
 */
record Numbered(Session session, int count, Duration every) {

	void send(Duration within, Facts facts) throws InterruptedException {
		long until = System.nanoTime() + within.toNanos();
		for (int i = 0; i < this.count; i++) {
			this.session.send(Opcode.TEXT, String.valueOf(i).getBytes(StandardCharsets.US_ASCII), Integer.MAX_VALUE);
			if (!this.every.isZero()) {
				this.session.awaitEnd(this.every);
			}
		}
		List<Message> echoes = echoes(until);
		new Arrival(echoes.stream().map(Message::nanos).toList()).addTo(facts);
		compare(echoes.stream().map(Message::beginning).toList(), facts);
	}

	private List<Message> echoes(long until) throws InterruptedException {
		List<Message> echoes = new ArrayList<>();
		Message next = this.session.receive(until);
		while (next != null) {
			echoes.add(next);
			next = (echoes.size() < this.count) ? this.session.receive(until) : null;
		}
		return echoes;
	}

	private void compare(List<String> echoes, Facts facts) {
		List<String> sent = IntStream.range(0, this.count).mapToObj(String::valueOf).toList();
		long same = IntStream.range(0, Math.min(echoes.size(), this.count))
			.takeWhile((i) -> echoes.get(i).equals(sent.get(i)))
			.count();
		Set<String> arrived = new HashSet<>(echoes);
		List<String> missing = sent.stream().filter((number) -> !arrived.contains(number)).toList();
		facts.put("echo.sent", this.count).put("echo.same", same).put("echo.missing", missing.size());
		if (!missing.isEmpty()) {
			facts.put("echo.first-missing", Long.valueOf(missing.get(0)) + 1);
		}
	}

}
