package wsecho.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import com.sun.management.OperatingSystemMXBean;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;
import wsecho.benchmark.Frames.Content;

/**
 * What a message, a handshake, an idle session and the start cost in wsecho and in other
 * servers, in one run: each server has the first core to itself, the clients have the
 * last one, and the servers take turns.
 */
public final class Benchmark {

	private static final OperatingSystemMXBean SELF = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final Duration WARM_UP = Duration.ofSeconds(1);

	// a handshake runs through so much code that it takes most of a minute to be compiled
	private static final int MOST_WARM_UPS = 90;

	// this many windows in a row that are no better than the best one, and it is warm
	private static final int STABLE = 6;

	private static final String[] BROWSER = { "Pragma: no-cache", "Cache-Control: no-cache",
			"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
			"Origin: http://localhost:1901", "Accept-Encoding: gzip, deflate, br, zstd",
			"Accept-Language: en-GB,en;q=0.9,el;q=0.8",
			"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
			"Cookie: theme=dark; id=0123456789" };

	private final Options options;

	private final Map<String, Object> results = new LinkedHashMap<>();

	private Benchmark(Options options) {
		this.options = options;
	}

	/**
	 * Runs it.
	 * @param args {@code name=value} each, as {@link Options} has them
	 * @throws Exception if a server does not start, or does not echo
	 */
	public static void main(String[] args) throws Exception {
		Options options = Options.of(args);
		pin(options.clientCore());
		new Benchmark(options).run();
	}

	private static void pin(int core) throws Exception {
		int code = new ProcessBuilder("taskset", "-a", "-c", "-p", "" + core, "" + ProcessHandle.current().pid())
			.start()
			.waitFor();
		if (code != 0) {
			throw new IllegalStateException("taskset cannot pin the clients to core " + core);
		}
	}

	private void run() throws Exception {
		if (this.options.scenario().isPresent()) {
			echo(List.of(this.options.scenario().get()));
		}
		else {
			for (Part part : this.options.parts()) {
				run(part);
			}
		}
		Files.createDirectories(this.options.json().toAbsolutePath().getParent());
		JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(this.options.json(), this.results);
		System.out.println("All numbers: " + this.options.json());
	}

	private void run(Part part) throws Exception {
		switch (part) {
			case MESSAGES -> echo(Scenario.ALL);
			case HANDSHAKES -> handshakes();
			case LATENCY -> latency();
			case IDLE -> {
				idle("few headers", new String[0]);
				idle("a browser's headers", BROWSER);
			}
			case START -> start();
		}
	}

	private void echo(List<Scenario> scenarios) throws Exception {
		for (boolean text : new boolean[] { false, true }) {
			List<Scenario> some = scenarios.stream().filter((scenario) -> scenario.isText() == text).toList();
			if (some.isEmpty()) {
				continue;
			}
			try (Servers servers = new Servers(Contender.all(Contender.WORKING, text), this.options.serverCore())) {
				// each turn opens connections: what that runs is to be compiled by then
				warmUpHandshakes(servers);
				for (Scenario scenario : some) {
					echo(scenario, servers);
				}
			}
		}
	}

	private void echo(Scenario scenario, Servers servers) throws Exception {
		Table table = new Table("CPU per message, µs: " + scenario);
		Frames frames = scenario.frames();
		for (int round = -1; round < this.options.rounds(); round++) {
			for (Contender contender : servers.contenders()) {
				ServiceProcess server = servers.get(contender);
				try (Load load = new Load(server.port(), RawSocket.handshake("/websocket"), scenario.connections(),
						frames)) {
					load.start(scenario.depth());
					if (round < 0) {
						warmUp(load, server);
					}
					else {
						load.run(WARM_UP);
						Window window = measure(load, server, this.options.window());
						table.add(contender.name(), window.microsPerMessage());
						table.note(contender.name(), window.toString());
					}
				}
			}
		}
		publish(table);
	}

	/** Keeps a server busy until it does no better. */
	static void warmUp(Load load, ServiceProcess server) throws Exception {
		warmUp(() -> measure(load, server, WARM_UP).microsPerMessage());
	}

	private static void warmUp(Callable<Double> window) throws Exception {
		double best = Double.MAX_VALUE;
		int since = 0;
		for (int i = 0; i < MOST_WARM_UPS && since < STABLE; i++) {
			double next = window.call();
			since = (next < best) ? 0 : since + 1;
			best = Math.min(best, next);
		}
	}

	private static Window measure(Load load, ServiceProcess server, Duration time) throws Exception {
		double cpu = server.cpuSeconds();
		long own = SELF.getProcessCpuTime();
		long start = System.nanoTime();
		long messages = load.run(time);
		double seconds = (System.nanoTime() - start) / 1e9;
		return new Window(messages, seconds, server.cpuSeconds() - cpu, (SELF.getProcessCpuTime() - own) / 1e9);
	}

	private void handshakes() throws Exception {
		Table table = new Table("CPU per handshake, µs");
		try (Servers servers = new Servers(Contender.all(Contender.WORKING, false), this.options.serverCore())) {
			warmUpHandshakes(servers);
			for (int round = 0; round < this.options.rounds(); round++) {
				for (Contender contender : servers.contenders()) {
					table.add(contender.name(), handshake(servers.get(contender), this.options.window()));
				}
			}
		}
		publish(table);
	}

	private static void warmUpHandshakes(Servers servers) throws Exception {
		for (Contender contender : servers.contenders()) {
			ServiceProcess server = servers.get(contender);
			warmUp(() -> handshake(server, WARM_UP));
		}
	}

	private static double handshake(ServiceProcess server, Duration time) throws Exception {
		int batch = 50;
		double cpu = server.cpuSeconds();
		long end = System.nanoTime() + time.toNanos();
		int count = 0;
		List<SocketChannel> channels = new ArrayList<>();
		while (System.nanoTime() < end) {
			for (int i = 0; i < batch; i++) {
				channels.add(Load.open(server.port(), RawSocket.handshake("/websocket")));
			}
			for (SocketChannel channel : channels) {
				Load.readHead(channel);
				channel.close();
			}
			channels.clear();
			count += batch;
		}
		return (server.cpuSeconds() - cpu) * 1e6 / count;
	}

	private void latency() throws Exception {
		Table median = new Table("p50 of the round trip at half of wsecho's rate, µs");
		Table high = new Table("p99 of the round trip at half of wsecho's rate, µs");
		Table overall = new Table("p99 of it, of all turns together, µs");
		Map<String, Latencies> all = new LinkedHashMap<>();
		try (Servers servers = new Servers(Contender.all(Contender.WORKING, false), this.options.serverCore());
				RoundTrips trips = new RoundTrips(servers)) {
			trips.warmUp();
			for (int turn = 0; turn < RoundTrips.TURNS * this.options.rounds(); turn++) {
				for (Contender contender : servers.contenders()) {
					Latencies latencies = trips.turn(contender);
					median.add(contender.name(), latencies.percentile(0.5));
					high.add(contender.name(), latencies.percentile(0.99));
					all.computeIfAbsent(contender.name(), (absent) -> new Latencies()).add(latencies);
				}
			}
			System.out.printf("%nTurns taken again, since the clients' own compiler or collector ran: %d%n",
					trips.disturbed());
		}
		all.forEach((name, latencies) -> overall.add(name, latencies.percentile(0.99)));
		publish(median);
		publish(high);
		publish(overall);
	}

	private void idle(String handshake, String[] fields) throws Exception {
		Table heap = new Table("live heap per idle session, bytes: " + handshake);
		Table resident = new Table("RSS per idle session of a fresh process, bytes: " + handshake);
		Frames frames = Frames.of(Content.BINARY, 64, 1);
		String request = RawSocket.handshake("/websocket", fields);
		int sessions = this.options.sessions();
		for (Contender contender : Contender.all(Contender.IDLE, false)) {
			try (ServiceProcess server = contender.start(this.options.serverCore())) {
				try (Load few = new Load(server.port(), request, 10, frames)) {
					few.once();
				}
				long emptyResident = server.residentKilobytes();
				long emptyHeap = contender.isJava() ? server.liveHeapBytes() : 0;
				try (Load load = new Load(server.port(), request, sessions, frames)) {
					load.once();
					resident.add(contender.name(), 1024.0 * (server.residentKilobytes() - emptyResident) / sessions);
					if (contender.isJava()) {
						heap.add(contender.name(), (double) (server.liveHeapBytes() - emptyHeap) / sessions);
					}
				}
			}
		}
		publish(heap);
		publish(resident);
	}

	private void start() throws Exception {
		Table table = new Table("from the start to the first 101, ms");
		Table cpu = new Table("CPU from the start to the first 101, ms");
		List<Contender> contenders = Contender.starts(this.options.imageJava());
		for (int round = 0; round < this.options.rounds(); round++) {
			for (Contender contender : contenders) {
				long begin = System.nanoTime();
				try (ServiceProcess server = contender.start(this.options.serverCore());
						SocketChannel channel = Load.open(server.port(), RawSocket.handshake("/websocket"))) {
					Load.readHead(channel);
					table.add(contender.name(), (System.nanoTime() - begin) / 1e6);
					cpu.add(contender.name(), server.cpuSeconds() * 1e3);
				}
			}
		}
		publish(table);
		publish(cpu);
	}

	private void publish(Table table) {
		System.out.println(table);
		this.results.put(table.title(), table.numbers());
	}

	/**
	 * What a while of load cost.
	 */
	private record Window(long messages, double seconds, double serverCpu, double clientCpu) {

		double microsPerMessage() {
			return this.serverCpu * 1e6 / this.messages;
		}

		@Override
		public String toString() {
			return "%,.0f messages/s, server %.0f %% busy, clients %.0f %%".formatted(this.messages / this.seconds,
					100 * this.serverCpu / this.seconds, 100 * this.clientCpu / this.seconds);
		}

	}

}
