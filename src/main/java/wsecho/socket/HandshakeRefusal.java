package wsecho.socket;

import java.io.Serial;
import java.time.Duration;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Why a request does not become a session, as the client is told. */
public final class HandshakeRefusal extends ErrorResponseException {

	@Serial
	private static final long serialVersionUID = 1L;

	private HandshakeRefusal(HttpStatus status, String detail) {
		super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

	static HandshakeRefusal notFound(String detail) {
		return new HandshakeRefusal(HttpStatus.NOT_FOUND, detail);
	}

	static HandshakeRefusal badRequest(String detail) {
		return new HandshakeRefusal(HttpStatus.BAD_REQUEST, detail);
	}

	/** Where there is no 426: HTTP/2 has no Upgrade field (RFC 9113, 8.2.2). */
	static HandshakeRefusal unsupportedVersion(String detail) {
		HandshakeRefusal refusal = badRequest(detail);
		refusal.getHeaders().set(OpeningHandshake.VERSION, OpeningHandshake.RFC_6455);
		return refusal;
	}

	/**
	 * The client may not.
	 * @param detail why, for the client
	 * @return 403
	 */
	public static HandshakeRefusal forbidden(String detail) {
		return new HandshakeRefusal(HttpStatus.FORBIDDEN, detail);
	}

	/**
	 * The client may, but not now.
	 * @param detail why, for the client
	 * @param retryAfter when it may be worth while to ask again, in whole seconds
	 * @return 503
	 */
	public static HandshakeRefusal unavailable(String detail, Duration retryAfter) {
		HandshakeRefusal refusal = new HandshakeRefusal(HttpStatus.SERVICE_UNAVAILABLE, detail);
		refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, "" + retryAfter.toSeconds());
		return refusal;
	}

	static HandshakeRefusal methodNotAllowed(String detail) {
		HandshakeRefusal refusal = new HandshakeRefusal(HttpStatus.METHOD_NOT_ALLOWED, detail);
		refusal.getHeaders().set(HttpHeaders.ALLOW, "GET");
		return refusal;
	}

	/** What the client lacks is said in the header fields too (RFC 6455, 4.4). */
	static HandshakeRefusal upgradeRequired(String detail) {
		HandshakeRefusal refusal = new HandshakeRefusal(HttpStatus.UPGRADE_REQUIRED, detail);
		refusal.getHeaders().set(HttpHeaders.CONNECTION, "Upgrade");
		refusal.getHeaders().set(HttpHeaders.UPGRADE, "websocket");
		refusal.getHeaders().set(OpeningHandshake.VERSION, OpeningHandshake.RFC_6455);
		return refusal;
	}

}
