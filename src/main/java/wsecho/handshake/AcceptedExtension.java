package wsecho.handshake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import wsecho.websocket.deflate.Compression;

/**
 * The offer of permessage-deflate that is accepted (RFC 7692, 7.1).
 *
 * @param response what is said of it in Sec-WebSocket-Extensions
 * @param compression what was agreed on
 */
record AcceptedExtension(String response, Compression compression) {

	private static final String NAME = "permessage-deflate";

	private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";

	private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";

	private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";

	private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

	private static final String DEFAULT_WINDOW_BITS = "15";

	private static final List<String> WINDOW_BITS = List.of("8", "9", "10", "11", "12", "13", "14",
			DEFAULT_WINDOW_BITS);

	/**
	 * Accepts the first offer that can be accepted.
	 * @param offers in the client's order
	 * @return what is agreed on, or null
	 */
	static @Nullable AcceptedExtension of(List<ExtensionOffer> offers) {
		for (ExtensionOffer offer : offers) {
			Map<String, String> parameters = offer.name().equals(NAME) ? parameters(offer) : null;
			if (parameters != null) {
				return new AcceptedExtension(response(parameters), compression(parameters));
			}
		}
		return null;
	}

	private static Compression compression(Map<String, String> parameters) {
		return new Compression(parameters.containsKey(SERVER_NO_CONTEXT_TAKEOVER),
				parameters.containsKey(CLIENT_NO_CONTEXT_TAKEOVER),
				Integer.parseInt(parameters.getOrDefault(SERVER_MAX_WINDOW_BITS, DEFAULT_WINDOW_BITS)));
	}

	// whoever accepts server_max_window_bits has to say so, 15 too (RFC 7692, 7.1.2.1)
	private static String response(Map<String, String> parameters) {
		StringBuilder response = new StringBuilder(NAME);
		for (String name : List.of(SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER)) {
			response.append(parameters.containsKey(name) ? "; " + name : "");
		}
		String bits = parameters.get(SERVER_MAX_WINDOW_BITS);
		return response.append((bits != null) ? "; " + SERVER_MAX_WINDOW_BITS + "=" + bits : "").toString();
	}

	// an offer with anything unknown, invalid or twice has to be declined (RFC 7692, 7)
	private static @Nullable Map<String, String> parameters(ExtensionOffer offer) {
		Map<String, String> parameters = new HashMap<>();
		for (ExtensionOffer.Parameter each : offer.parameters()) {
			if (!isAllowed(each) || parameters.putIfAbsent(each.name(), each.value()) != null) {
				return null;
			}
		}
		return parameters;
	}

	private static boolean isAllowed(ExtensionOffer.Parameter parameter) {
		String value = parameter.value();
		return switch (parameter.name()) {
			case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> value.isEmpty();
			case SERVER_MAX_WINDOW_BITS -> WINDOW_BITS.contains(value);
			case CLIENT_MAX_WINDOW_BITS -> value.isEmpty() || WINDOW_BITS.contains(value);
			default -> false;
		};
	}

}
