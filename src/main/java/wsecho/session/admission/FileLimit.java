package wsecho.session.admission;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * How many files the process may have open: each connection is one of them, and when
 * there are none left neither probes nor metrics are answered.
 *
 * @param most how many ({@code ulimit -n})
 * @param others how many it needs for all but connections
 */
public record FileLimit(long most, long others) {

	// what is opened later: classes, certificates, connections to the management port
	private static final int RESERVE = 32;

	/** The limit, as of now. */
	public static FileLimit ofProcess() {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
			return new FileLimit(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount() + RESERVE);
		}
		return new FileLimit(Integer.MAX_VALUE, 0);
	}

	/** How many connections there can be. */
	int connections() {
		return (int) Math.min(Integer.MAX_VALUE, Math.max(1, this.most - this.others));
	}

	/**
	 * How many of them can be sessions, so that there are some for probes and for those
	 * who are told to come back.
	 */
	int sessions() {
		int headroom = Math.max(8, Math.min(100, connections() / 10));
		return Math.max(1, connections() - headroom);
	}

}
