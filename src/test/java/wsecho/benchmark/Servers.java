package wsecho.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import wsecho.fixture.ServiceProcess;

/** The servers that take turns, all of them running. */
final class Servers implements AutoCloseable {

	private final Map<Contender, ServiceProcess> processes = new LinkedHashMap<>();

	Servers(List<Contender> contenders, int core) throws Exception {
		for (Contender contender : contenders) {
			this.processes.put(contender, contender.start(core));
		}
	}

	Iterable<Contender> contenders() {
		return this.processes.keySet();
	}

	ServiceProcess get(Contender contender) {
		ServiceProcess process = this.processes.get(contender);
		if (process == null) {
			throw new IllegalArgumentException(contender.name());
		}
		return process;
	}

	@Override
	public void close() {
		this.processes.values().forEach(ServiceProcess::close);
	}

}
