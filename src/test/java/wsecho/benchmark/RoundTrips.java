package wsecho.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;
import wsecho.benchmark.Frames.Content;

/**
 * How long messages take at a rate that all servers keep up with: half of what the first
 * one can do.
 * <p>
 * Turns are short and many, and most are spared by the stalls of a shared machine, but
 * also by a server's own rare pauses: what all turns together show tells of those. The
 * connections stay the same, so that no code of handshakes is compiled meanwhile.
 */
final class RoundTrips implements AutoCloseable {

	/** How many turns there are where others have one. */
	static final int TURNS = 20;

	private static final Duration TURN = Duration.ofMillis(500);

	private static final Duration RUN_UP = Duration.ofMillis(100);

	private static final Duration WARM_UP = Duration.ofSeconds(20);

	private static final Duration DISTURBANCE = Duration.ofMillis(2);

	private static final int MOST_TAKES = 100;

	private static final Scenario SCENARIO = new Scenario(100, 1, 64, Content.BINARY);

	private final Servers servers;

	private final Map<Contender, Load> loads = new LinkedHashMap<>();

	private double rate;

	private int disturbed;

	RoundTrips(Servers servers) {
		this.servers = servers;
	}

	/** Has to come first. */
	void warmUp() throws Exception {
		for (Contender contender : this.servers.contenders()) {
			ServiceProcess server = this.servers.get(contender);
			try (Load load = connect(server)) {
				load.start(SCENARIO.depth());
				Benchmark.warmUp(load, server);
				if (this.rate == 0) {
					this.rate = 0.5 * load.run(WARM_UP) / WARM_UP.toSeconds();
				}
			}
			try (Load load = connect(server)) {
				load.pace(WARM_UP, this.rate);
			}
		}
		for (Contender contender : this.servers.contenders()) {
			this.loads.put(contender, connect(this.servers.get(contender)));
		}
		for (int i = 0; i < TURNS; i++) {
			for (Contender contender : this.servers.contenders()) {
				turn(contender);
			}
		}
	}

	/**
	 * What one turn of a server shows. It is taken again if the clients' own compiler or
	 * collector ran in it: they would wait for that, and not for the server.
	 */
	Latencies turn(Contender contender) throws IOException {
		Load load = Objects.requireNonNull(this.loads.get(contender));
		for (int i = 0; i < MOST_TAKES; i++) {
			load.pace(RUN_UP, this.rate);
			long lost = Clients.lostNanos();
			Latencies latencies = load.pace(TURN, this.rate);
			if (Clients.lostNanos() - lost < DISTURBANCE.toNanos()) {
				return latencies;
			}
			this.disturbed++;
		}
		throw new IOException("the clients' own compiler or collector never rests");
	}

	/** How many turns were taken again. */
	int disturbed() {
		return this.disturbed;
	}

	private static Load connect(ServiceProcess server) throws IOException {
		return new Load(server.port(), RawSocket.handshake("/websocket"), SCENARIO.connections(), SCENARIO.frames());
	}

	@Override
	public void close() throws IOException {
		for (Load load : this.loads.values()) {
			load.close();
		}
	}

}
