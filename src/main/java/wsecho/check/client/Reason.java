package wsecho.check.client;

import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Why something failed, in the words of what failed. */
final class Reason {

	// Netty tells the status of a proxy's answer nowhere else
	private static final Pattern STATUS = Pattern.compile("status: (\\d{3})");

	private Reason() {
	}

	/** With the address left out that Netty adds. */
	static String of(@Nullable Throwable failure) {
		if (failure == null) {
			return "unknown";
		}
		Throwable root = failure;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		String message = (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
		return (root instanceof UnknownHostException) ? "no address is known for " + message : message;
	}

	static @Nullable Integer proxyStatus(Throwable failure) {
		Matcher status = STATUS.matcher(String.valueOf(failure.getMessage()));
		return status.find() ? Integer.valueOf(status.group(1)) : null;
	}

}
