package wsecho.handshake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a handshake has to be (RFC 6455, 4.2.1), written down a second time. */
final class HandshakeModel {

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

	private static final Pattern FIELD = Pattern
		.compile("(" + TOKEN + "):[ \\t]*+([\\x21-\\x7e\\x80-\\xff][\\t -\\x7e\\x80-\\xff]*?)?[ \\t]*");

	private static final Pattern HOST = Pattern
		.compile("([A-Za-z0-9._~!$&'()*+,;=%-]+|\\[[0-9A-Za-z:._~!$&'()*+,;=-]+])(:\\d*)?");

	private final List<String[]> fields = new ArrayList<>();

	private boolean wellFormed = true;

	private boolean folded;

	HandshakeModel(List<String> lines) {
		for (String line : lines) {
			Matcher field = FIELD.matcher(line);
			this.folded |= line.contains("\n") || line.startsWith(" ");
			if (field.matches()) {
				this.fields.add(new String[] { field.group(1), (field.group(2) != null) ? field.group(2) : "" });
			}
			else {
				this.wellFormed = false;
			}
		}
	}

	/**
	 * Whether the fields are those of a handshake; empty if that may be seen so or so.
	 */
	Optional<Boolean> isHandshake() {
		if (this.folded) {
			return Optional.empty();
		}
		return Optional.of(this.wellFormed && this.fields.size() <= 100 && isOne("Host", HOST.pattern())
				&& hasElement("Upgrade", "websocket") && hasElement("Connection", "upgrade")
				&& isOne("Sec-WebSocket-Version", "13") && isOne("Sec-WebSocket-Key", "[A-Za-z0-9+/]{22}==")
				&& values("Transfer-Encoding").isEmpty() && hasNoLength() && areOffers() && hasSize() && isOrigin());
	}

	/** What the answer has to say (RFC 6455, 4.2.2). */
	String accept() throws NoSuchAlgorithmException {
		byte[] text = (values("Sec-WebSocket-Key").get(0) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
			.getBytes(StandardCharsets.US_ASCII);
		return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
	}

	// every one may connect, but it has to be one (RFC 6454, 7.1)
	private boolean isOrigin() {
		return values("Origin").isEmpty() || isOne("Origin", ".+");
	}

	private boolean hasNoLength() {
		List<String> lengths = values("Content-Length");
		return lengths.isEmpty() || lengths.equals(List.of("0"));
	}

	// the decoder counts a little otherwise; none here is near
	private boolean hasSize() {
		return this.fields.stream().mapToInt((field) -> field[0].length() + field[1].length() + 4).sum() < 8192;
	}

	private boolean areOffers() {
		List<String> protocols = elements("Sec-WebSocket-Protocol").toList();
		return protocols.size() <= 100 && protocols.stream().allMatch((each) -> each.matches(TOKEN))
				&& new HashSet<>(protocols).size() == protocols.size()
				&& OffersModel.read(values("Sec-WebSocket-Extensions")) != null;
	}

	private boolean isOne(String name, String pattern) {
		List<String> values = values(name);
		return values.size() == 1 && values.get(0).matches(pattern);
	}

	private boolean hasElement(String name, String element) {
		return elements(name).anyMatch(element::equalsIgnoreCase);
	}

	private Stream<String> elements(String name) {
		return values(name).stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map((each) -> each.replaceAll("^[ \\t]+|[ \\t]+$", ""))
			.filter((each) -> !each.isEmpty());
	}

	private List<String> values(String name) {
		return this.fields.stream()
			.filter((field) -> field[0].equalsIgnoreCase(name))
			.map((field) -> field[1])
			.toList();
	}

}
