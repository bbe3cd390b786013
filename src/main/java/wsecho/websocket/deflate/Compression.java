package wsecho.websocket.deflate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.buffer.ByteBufAllocator;

/**
 * What was agreed on for permessage-deflate (RFC 7692, 7.1).
 *
 * @param serverNoContextTakeover whether each message of the server's is compressed by
 * itself
 * @param clientNoContextTakeover whether each of the client's is
 * @param serverMaxWindowBits how far back the server's compression may refer, 2 to that
 * power bytes: 8 to 15
 */
public record Compression(boolean serverNoContextTakeover, boolean clientNoContextTakeover, int serverMaxWindowBits) {

	private static final String NAME = "permessage-deflate";

	private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";

	private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";

	private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";

	private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

	private static final int DEFAULT_WINDOW_BITS = 15;

	private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)(?:\\s*=\\s*\"?(8|9|1[0-5])\"?)?");

	/**
	 * Accepts the first offer that can be accepted.
	 * @param offers elements of Sec-WebSocket-Extensions, in the client's order
	 * @return what is agreed on, or nothing
	 */
	public static Optional<Compression> accept(List<String> offers) {
		return offers.stream().map(Compression::accept).flatMap(Optional::stream).findFirst();
	}

	/** The element of Sec-WebSocket-Extensions that says so. */
	public String header() {
		StringBuilder header = new StringBuilder(NAME);
		if (this.serverNoContextTakeover) {
			header.append("; ").append(SERVER_NO_CONTEXT_TAKEOVER);
		}
		if (this.clientNoContextTakeover) {
			header.append("; ").append(CLIENT_NO_CONTEXT_TAKEOVER);
		}
		if (this.serverMaxWindowBits != DEFAULT_WINDOW_BITS) {
			header.append("; ").append(SERVER_MAX_WINDOW_BITS).append('=').append(this.serverMaxWindowBits);
		}
		return header.toString();
	}

	/**
	 * What inflates the client's messages.
	 * @param messageLimit how long one may be, inflated, in bytes
	 */
	public MessageInflater inflater(ByteBufAllocator allocator, long messageLimit) {
		return new MessageInflater(allocator, this.clientNoContextTakeover, messageLimit);
	}

	public MessageDeflater deflater(ByteBufAllocator allocator) {
		return new MessageDeflater(allocator, this.serverNoContextTakeover, this.serverMaxWindowBits);
	}

	private static Optional<Compression> accept(String offer) {
		List<String> parts = List.of(offer.strip().split("\\s*;\\s*", -1));
		if (!parts.get(0).equals(NAME)) {
			return Optional.empty();
		}
		return parameters(parts.subList(1, parts.size())).map(Compression::of);
	}

	private static Compression of(Map<String, String> parameters) {
		String bits = parameters.get(SERVER_MAX_WINDOW_BITS);
		return new Compression(parameters.containsKey(SERVER_NO_CONTEXT_TAKEOVER),
				parameters.containsKey(CLIENT_NO_CONTEXT_TAKEOVER),
				(bits != null) ? Integer.parseInt(bits) : DEFAULT_WINDOW_BITS);
	}

	// an offer with anything unknown, invalid or twice has to be declined (RFC 7692, 7)
	private static Optional<Map<String, String>> parameters(List<String> parts) {
		Map<String, String> parameters = new HashMap<>();
		for (String part : parts) {
			Matcher parameter = PARAMETER.matcher(part);
			if (!parameter.matches()) {
				return Optional.empty();
			}
			String name = parameter.group(1);
			String value = Objects.requireNonNullElse(parameter.group(2), "");
			if (!isAllowed(name, !value.isEmpty()) || parameters.putIfAbsent(name, value) != null) {
				return Optional.empty();
			}
		}
		return Optional.of(parameters);
	}

	private static boolean isAllowed(String name, boolean hasValue) {
		return switch (name) {
			case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> !hasValue;
			case SERVER_MAX_WINDOW_BITS -> hasValue;
			case CLIENT_MAX_WINDOW_BITS -> true;
			default -> false;
		};
	}

}
