package wsecho.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/** The name of the host that the server runs on: of a pod, on Kubernetes. */
public final class HostName {

	private HostName() {
	}

	public static String get() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			// the host's own name need not resolve
			return Objects.requireNonNullElseGet(System.getenv("HOSTNAME"),
					() -> InetAddress.getLoopbackAddress().getHostName());
		}
	}

}
