package wsecho.check.client;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import wsecho.check.table.Facts;

/** Which certificates are trusted. */
public final class Trust {

	private final @Nullable File authorities;

	private final boolean any;

	private @Nullable X509ExtendedTrustManager loaded;

	/**
	 * Which they are.
	 * @param authorities a file with the certificates of those that may issue them (PEM),
	 * or null for the JDK's
	 * @param any whether one that they did not issue is trusted, too
	 */
	public Trust(@Nullable File authorities, boolean any) {
		this.authorities = authorities;
		this.any = any;
	}

	public static Trust usual() {
		return new Trust(null, false);
	}

	/**
	 * TLS for one connection.
	 * @param allocator of its buffers
	 * @param route where to
	 * @param facts take what the certificate says
	 * @throws IOException if that of the constructor cannot be read
	 */
	SslHandler handler(ByteBufAllocator allocator, Route route, Facts facts) throws IOException {
		SslHandler handler = SslContextBuilder.forClient()
			.trustManager(new CertificateWitness(load(), this.any, facts))
			.applicationProtocolConfig(protocols(route.http2()))
			.build()
			.newHandler(allocator, route.target().host(), route.target().port());
		SSLParameters parameters = handler.engine().getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		handler.engine().setSSLParameters(parameters);
		handler.setHandshakeTimeoutMillis(route.timeout().toMillis());
		return handler;
	}

	// as browsers do: for a WebSocket of its own connection HTTP/1.1 alone
	private static ApplicationProtocolConfig protocols(boolean http2) {
		List<String> names = http2 ? List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)
				: List.of(ApplicationProtocolNames.HTTP_1_1);
		return new ApplicationProtocolConfig(Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE,
				SelectedListenerFailureBehavior.ACCEPT, names);
	}

	/**
	 * Loads the authorities, once.
	 * @throws IOException if the file cannot be read, or has no certificate
	 */
	public synchronized X509ExtendedTrustManager load() throws IOException {
		if (this.loaded == null) {
			try {
				this.loaded = manager((this.authorities != null) ? store(this.authorities) : null);
			}
			catch (GeneralSecurityException ex) {
				throw new IOException("no certificates in PEM", ex);
			}
		}
		return this.loaded;
	}

	private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return Arrays.stream(factory.getTrustManagers())
			.filter(X509ExtendedTrustManager.class::isInstance)
			.map(X509ExtendedTrustManager.class::cast)
			.findFirst()
			.orElseThrow();
	}

	private static KeyStore store(File file) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		try (InputStream in = Files.newInputStream(file.toPath())) {
			for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
				store.setCertificateEntry("" + store.size(), certificate);
			}
		}
		if (store.size() == 0) {
			throw new IOException("no certificates in PEM");
		}
		return store;
	}

}
