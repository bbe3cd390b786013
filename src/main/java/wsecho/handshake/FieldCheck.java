package wsecho.handshake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.netty.handler.codec.http.HttpVersion;
import org.springframework.http.HttpHeaders;

/** Checks the fields of a handshake. All that is wrong with them is told at once. */
final class FieldCheck {

	static final String VERSION = "Sec-WebSocket-Version";

	static final String RFC_6455 = "13";

	static final String PROTOCOL = "Sec-WebSocket-Protocol";

	// a held handshake keeps them
	private static final int MAX_SUBPROTOCOLS = 100;

	private static final String PROXY = " If the client sent it so, a proxy on the way has to be told to pass it on: "
			+ "Upgrade and Connection are hop-by-hop (RFC 9110, 7.6.1). For nginx that is proxy_http_version 1.1; "
			+ "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";";

	private final HttpHeaders headers;

	private final List<Fault> faults = new ArrayList<>(0);

	private List<String> subprotocols = List.of();

	private List<ExtensionOffer> extensions = List.of();

	FieldCheck(HttpHeaders headers) {
		this.headers = headers;
	}

	/** The subprotocols that the client offers, in its order of preference. */
	List<String> subprotocols() {
		return this.subprotocols;
	}

	/** The extensions that the client offers. */
	List<ExtensionOffer> extensions() {
		return this.extensions;
	}

	/**
	 * Checks a handshake over HTTP/1.1 (RFC 6455, 4.2.1).
	 * @param version the version of HTTP in the request line
	 * @throws HandshakeRefusal if anything is wrong: 426 without what makes it a
	 * handshake, else 400
	 */
	void requireHttp11(HttpVersion version) {
		checkUpgrade(version);
		boolean isPassedOn = this.faults.isEmpty();
		checkVersion();
		boolean isHandshake = this.faults.isEmpty();
		check(KeyCheck.FIELD, KeyCheck.passes(lines(KeyCheck.FIELD)), KeyCheck.ACCEPTS);
		check(HostCheck.FIELD, HostCheck.passes(lines(HostCheck.FIELD)), HostCheck.ACCEPTS);
		checkOffers();
		int others = this.faults.size();
		checkLength();
		checkEncoding();
		if (!this.faults.isEmpty()) {
			String detail = isPassedOn ? detail() : detail() + PROXY;
			HandshakeRefusal refusal = isHandshake ? HandshakeRefusal.badRequest(detail, this.faults)
					: HandshakeRefusal.upgradeRequired(detail, this.faults);
			// so that nothing of a body is taken for a request
			throw (this.faults.size() == others) ? refusal : refusal.closing();
		}
	}

	/**
	 * Checks a handshake over HTTP/2 (RFC 8441, 5), which has neither Upgrade nor
	 * Connection nor a key.
	 * @param request what came in the stream
	 * @throws HandshakeRefusal if anything is wrong: 400
	 */
	void requireHttp2(Http2Request request) {
		checkVersion();
		boolean isVersion = this.faults.isEmpty();
		if (!"websocket".equalsIgnoreCase(request.protocol())) {
			add(":protocol", Objects.requireNonNullElse(request.protocol(), ""), "websocket (RFC 8441)");
		}
		if (request.isEnded()) {
			add("END_STREAM", "set", "unset, as the stream is the WebSocket (RFC 8441, 5)");
		}
		// :authority is one of them too
		List<String> hosts = lines(HostCheck.FIELD).stream().distinct().toList();
		check(HostCheck.FIELD, HostCheck.passes(hosts), HostCheck.ACCEPTS);
		checkOffers();
		checkLength();
		if (!this.faults.isEmpty()) {
			HandshakeRefusal refusal = HandshakeRefusal.badRequest(detail(), this.faults);
			throw isVersion ? refusal : refusal.namingVersion();
		}
	}

	private void checkUpgrade(HttpVersion version) {
		if (version.equals(HttpVersion.HTTP_1_0)) {
			add("HTTP version", version.text(), "HTTP/1.1");
		}
		check(HttpHeaders.UPGRADE, ListField.names(this.headers, HttpHeaders.UPGRADE, "websocket"),
				"a list that names websocket");
		check(HttpHeaders.CONNECTION, ListField.names(this.headers, HttpHeaders.CONNECTION, "upgrade"),
				"a list that names Upgrade");
	}

	private void checkVersion() {
		List<String> versions = lines(VERSION);
		check(VERSION, versions.equals(List.of(RFC_6455)), RFC_6455 + ", which is RFC 6455's, and stand once");
	}

	private void checkLength() {
		List<String> lengths = lines(HttpHeaders.CONTENT_LENGTH);
		check(HttpHeaders.CONTENT_LENGTH, lengths.isEmpty() || lengths.equals(List.of("0")),
				"0 or missing, as a handshake has no body");
	}

	private void checkEncoding() {
		check(HttpHeaders.TRANSFER_ENCODING, lines(HttpHeaders.TRANSFER_ENCODING).isEmpty(),
				"missing, as a handshake has no body");
	}

	private void checkOffers() {
		this.subprotocols = ListField.elements(this.headers, PROTOCOL);
		check(PROTOCOL, this.subprotocols.isEmpty() || areDistinctTokens(this.subprotocols),
				"a list of at most 100 tokens (RFC 9110, 5.6.2), separated by commas, none of them twice");
		List<ExtensionOffer> extensions = ExtensionOffers.read(lines(OpeningHandshake.EXTENSIONS));
		check(OpeningHandshake.EXTENSIONS, extensions != null, ExtensionOffers.ACCEPTS);
		this.extensions = Objects.requireNonNullElse(extensions, List.of());
	}

	private static boolean areDistinctTokens(List<String> elements) {
		return elements.size() <= MAX_SUBPROTOCOLS && elements.stream().allMatch(Characters::isToken)
				&& new HashSet<>(elements).size() == elements.size();
	}

	private void check(String field, boolean passes, String accepts) {
		if (!passes) {
			this.faults.add(Fault.of(field, lines(field), accepts));
		}
	}

	private void add(String field, String value, String accepts) {
		this.faults.add(Fault.of(field, List.of(value), accepts));
	}

	private List<String> lines(String field) {
		return this.headers.getOrEmpty(field);
	}

	private String detail() {
		return this.faults.stream().map(Fault::toString).collect(Collectors.joining(" "));
	}

}
