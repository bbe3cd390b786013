package wsecho.check.client;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.stream.Stream;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;

/** Why there is no connection, as the fact {@code connect.failure} says it. */
enum ConnectFailure {

	UNKNOWN_NAME, REFUSED, TIMEOUT, PROXY, NOT_TLS, TLS_TIMEOUT, EXPIRED, NOT_YET_VALID, OTHER_NAME, UNKNOWN_ISSUER,
	TLS, OTHER;

	String getText() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static ConnectFailure of(Throwable cause) {
		if (causes(cause).anyMatch(UnknownHostException.class::isInstance)) {
			return UNKNOWN_NAME;
		}
		if (cause instanceof ConnectTimeoutException) {
			return TIMEOUT;
		}
		if (cause instanceof ProxyConnectException) {
			return PROXY;
		}
		return (cause instanceof ConnectException && String.valueOf(cause.getMessage()).contains("refused")) ? REFUSED
				: OTHER;
	}

	static ConnectFailure ofTls(Throwable cause) {
		if (causes(cause).anyMatch(NotSslRecordException.class::isInstance)) {
			return NOT_TLS;
		}
		if (causes(cause).anyMatch(SslHandshakeTimeoutException.class::isInstance)) {
			return TLS_TIMEOUT;
		}
		if (causes(cause).anyMatch(ConnectFailure::isExpired)) {
			return EXPIRED;
		}
		if (causes(cause).anyMatch(ConnectFailure::isNotYetValid)) {
			return NOT_YET_VALID;
		}
		if (causes(cause).anyMatch(CertPathBuilderException.class::isInstance)) {
			return UNKNOWN_ISSUER;
		}
		return causes(cause).anyMatch(ConnectFailure::isOfAnotherName) ? OTHER_NAME : TLS;
	}

	private static boolean isExpired(Throwable cause) {
		return cause instanceof CertificateExpiredException
				|| (cause instanceof CertPathValidatorException path && path.getReason() == BasicReason.EXPIRED);
	}

	private static boolean isNotYetValid(Throwable cause) {
		return cause instanceof CertificateNotYetValidException
				|| (cause instanceof CertPathValidatorException path && path.getReason() == BasicReason.NOT_YET_VALID);
	}

	// the JDK has no exception of its own for this (RFC 9525, 6)
	private static boolean isOfAnotherName(Throwable cause) {
		return cause instanceof CertificateException
				&& String.valueOf(cause.getMessage()).matches("No (subject alternative|name matching)[^\n]*");
	}

	private static Stream<Throwable> causes(Throwable failure) {
		return Stream.iterate(failure, (cause) -> cause != null, Throwable::getCause);
	}

}
