package wsecho.handshake;

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Why a request does not become a session, as the client is told. */
public final class HandshakeRefusal extends ErrorResponseException {

	@Serial
	private static final long serialVersionUID = 1L;

	private HandshakeRefusal(HttpStatusCode status, String detail) {
		super(status, ProblemDetail.forStatusAndDetail(status, Printable.of(detail)), null);
		// RFC 9111, 4.2.2: some statuses may be kept by a cache unless they say otherwise
		getHeaders().setCacheControl(CacheControl.noStore());
	}

	static HandshakeRefusal notFound(String detail) {
		return new HandshakeRefusal(HttpStatus.NOT_FOUND, detail);
	}

	/**
	 * Refuses a request that is wrong as a whole.
	 * @param detail what is wrong with it, for the client
	 * @return 400
	 */
	public static HandshakeRefusal badRequest(String detail) {
		return new HandshakeRefusal(HttpStatus.BAD_REQUEST, detail);
	}

	/**
	 * Refuses a request with errors in it.
	 * @param detail all that is wrong with it, for the client
	 * @param errors the same, for a program: the property {@code errors} of the problem
	 * @return 400
	 */
	public static HandshakeRefusal badRequest(String detail, List<?> errors) {
		HandshakeRefusal refusal = badRequest(detail);
		refusal.getBody().setProperty("errors", errors);
		return refusal;
	}

	/**
	 * Refuses a client that has asked to be refused.
	 * @param status the status of the response, from 300 to 599
	 * @param fields further header fields of the response
	 * @return that status
	 */
	public static HandshakeRefusal asked(int status, Map<String, String> fields) {
		HandshakeRefusal refusal = new HandshakeRefusal(HttpStatusCode.valueOf(status), "As the client has asked.");
		fields.forEach(refusal.getHeaders()::set);
		return refusal;
	}

	/**
	 * Refuses a client that is not permitted to connect.
	 * @param detail why, for the client
	 * @return 403
	 */
	public static HandshakeRefusal forbidden(String detail) {
		return new HandshakeRefusal(HttpStatus.FORBIDDEN, detail);
	}

	/**
	 * Refuses a second session of one id.
	 * @param detail why, for the client
	 * @return 409
	 */
	public static HandshakeRefusal conflict(String detail) {
		return new HandshakeRefusal(HttpStatus.CONFLICT, detail);
	}

	/**
	 * Refuses a client for now.
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

	/** The header fields say too what the request lacks (RFC 6455, 4.4). */
	static HandshakeRefusal upgradeRequired(String detail, List<?> errors) {
		HandshakeRefusal refusal = new HandshakeRefusal(HttpStatus.UPGRADE_REQUIRED, detail);
		refusal.getBody().setProperty("errors", errors);
		refusal.getHeaders().set(HttpHeaders.CONNECTION, "Upgrade");
		refusal.getHeaders().set(HttpHeaders.UPGRADE, "websocket");
		return refusal.namingVersion();
	}

	/** Says which version of the protocol there is (RFC 6455, 4.4). */
	HandshakeRefusal namingVersion() {
		getHeaders().set(FieldCheck.VERSION, FieldCheck.RFC_6455);
		return this;
	}

	/** Ends the connection, so that nothing that follows is taken for a request. */
	HandshakeRefusal closing() {
		getHeaders().add(HttpHeaders.CONNECTION, "close");
		return this;
	}

	/** Without a stack trace: it is what a client does, not a fault of the service. */
	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

}
