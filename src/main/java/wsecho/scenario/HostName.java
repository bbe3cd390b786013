package wsecho.scenario;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/** The name of the host that the server runs on: of a pod, on Kubernetes. */
final class HostName {

	private HostName() {
	}

	static String get() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			// a host has its name before any name server knows it
			return Objects.requireNonNullElseGet(System.getenv("HOSTNAME"),
					() -> InetAddress.getLoopbackAddress().getHostName());
		}
	}

}
