package wsecho.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Plays attacks, many at a time, each kind as often as the others but in an order by
 * chance. One thread does it all, so that they are paced.
 */
final class Attackers {

	private static final long TICK_MILLIS = 20;

	private static final int LEAST_STAY_MILLIS = 500;

	private static final int MOST_STAY_MILLIS = 5000;

	private final InetSocketAddress server;

	private final List<Attack> attacks;

	private final Random random;

	private final Deque<Attack> next = new ArrayDeque<>();

	private final List<Attacker> present = new ArrayList<>();

	/** By the kind, what became of it and how often. */
	private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();

	private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

	private int most;

	/**
	 * There are none yet.
	 * @param port the service's
	 * @param attacks the kinds
	 * @param seed of all that is left to chance
	 */
	Attackers(int port, List<Attack> attacks, long seed) {
		this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		this.attacks = attacks;
		this.random = new Random(seed);
	}

	/**
	 * Plays them; then all of them have gone.
	 * @param atOnce how many there may be at a time
	 * @param duration for how long
	 * @throws Exception if the service does not listen
	 */
	void play(int atOnce, Duration duration) throws Exception {
		long end = System.nanoTime() + duration.toNanos();
		while (System.nanoTime() < end) {
			if (this.present.size() < atOnce) {
				this.present.add(new Attacker(next(), this.random));
			}
			this.most = Math.max(this.most, this.present.size());
			tick(System.nanoTime());
			TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
		}
		tick(Long.MAX_VALUE);
	}

	/** Forgets what became of those that have gone. */
	void forgetOutcomes() {
		this.outcomes.clear();
	}

	/** By the kind, what became of it and how often. */
	Map<String, Map<String, Integer>> outcomes() {
		return this.outcomes;
	}

	/** How many there were at a time. */
	int most() {
		return this.most;
	}

	private Attack next() {
		if (this.next.isEmpty()) {
			List<Attack> deck = new ArrayList<>(this.attacks);
			Collections.shuffle(deck, this.random);
			this.next.addAll(deck);
		}
		return this.next.remove();
	}

	private void tick(long now) throws IOException {
		for (Iterator<Attacker> each = this.present.iterator(); each.hasNext();) {
			Attacker attacker = each.next();
			if (!attacker.goOn(now)) {
				attacker.leave();
				this.outcomes.computeIfAbsent(attacker.attack.name(), (name) -> new TreeMap<>())
					.merge(attacker.outcome(), 1, Integer::sum);
				each.remove();
			}
		}
	}

	/** One connection. */
	private final class Attacker {

		private final Attack attack;

		private final SocketChannel channel;

		private final Answers answers = new Answers();

		private final long end;

		private final boolean resets;

		private ByteBuffer sending;

		private long due;

		private boolean ended;

		Attacker(Attack attack, Random random) throws IOException {
			this.attack = attack;
			this.channel = SocketChannel.open(Attackers.this.server);
			this.channel.configureBlocking(false);
			this.sending = attack.opening().duplicate();
			int stay = random.nextInt(LEAST_STAY_MILLIS, MOST_STAY_MILLIS);
			this.end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stay);
			this.resets = random.nextBoolean();
		}

		/** Whether it stays. */
		boolean goOn(long now) {
			try {
				if (now < this.end) {
					send(now);
				}
				return isOpenAfterRead() && now < this.end;
			}
			catch (IOException ex) {
				// it has been reset
				this.ended = true;
				return false;
			}
		}

		private void send(long now) throws IOException {
			if (!this.sending.hasRemaining() && this.attack.more().hasRemaining() && now >= this.due) {
				this.sending = this.attack.more().duplicate();
				this.due = now + TimeUnit.MILLISECONDS.toNanos(this.attack.everyMillis());
			}
			if (this.sending.hasRemaining()) {
				this.channel.write(this.sending);
			}
		}

		private boolean isOpenAfterRead() throws IOException {
			ByteBuffer into = Attackers.this.buffer.clear();
			if (this.attack.mostRead() > 0) {
				into.limit(Math.max(0, this.attack.mostRead() - this.answers.length()));
			}
			int read = into.hasRemaining() ? this.channel.read(into) : 0;
			this.answers.add(into.flip());
			this.ended = read < 0;
			return !this.ended;
		}

		String outcome() {
			return this.answers + (this.ended ? ", ended" : "");
		}

		// what has not been read makes a RST of it, too
		void leave() throws IOException {
			if (this.resets) {
				this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			}
			this.channel.close();
		}

	}

}
