package wsecho.check.client;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import wsecho.check.table.Facts;

/** Notes what a server's certificate says, whether it is trusted or not. */
final class CertificateWitness extends X509ExtendedTrustManager {

	private final X509ExtendedTrustManager authorities;

	private final boolean any;

	private final Facts facts;

	/**
	 * Notes.
	 * @param authorities decide, which certificate is trusted
	 * @param any whether it is trusted anyway
	 * @param facts take what it says
	 */
	CertificateWitness(X509ExtendedTrustManager authorities, boolean any, Facts facts) {
		this.authorities = authorities;
		this.any = any;
		this.facts = facts;
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
		note(chain);
		try {
			this.authorities.checkServerTrusted(chain, type, engine);
		}
		catch (CertificateException ex) {
			if (!this.any) {
				throw ex;
			}
			this.facts.put("tls.untrusted", ConnectFailure.ofTls(ex).getText());
		}
	}

	private void note(X509Certificate[] chain) {
		X509Certificate own = chain[0];
		this.facts.put("tls.subject", own.getSubjectX500Principal().getName());
		this.facts.put("tls.issuer", own.getIssuerX500Principal().getName());
		this.facts.put("tls.names", names(own));
		Duration left = Duration.between(Instant.now(), own.getNotAfter().toInstant());
		Duration all = Duration.between(own.getNotBefore().toInstant(), own.getNotAfter().toInstant());
		this.facts.put("tls.days", left.toDays())
			.put("tls.left", left.toSeconds() * 100 / Math.max(1, all.toSeconds()));
		this.facts.put("tls.chain", chain.length);
	}

	/** The names and addresses that it is for (RFC 5280, 4.2.1.6). */
	private static String names(X509Certificate certificate) {
		try {
			Collection<List<?>> names = certificate.getSubjectAlternativeNames();
			return (names != null) ? names.stream()
				.map((name) -> name.get(1))
				.filter(String.class::isInstance)
				.map(Object::toString)
				.collect(Collectors.joining(", ")) : "";
		}
		catch (CertificateParsingException ex) {
			return "";
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type) {
		throw new UnsupportedOperationException();
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return this.authorities.getAcceptedIssuers();
	}

}
