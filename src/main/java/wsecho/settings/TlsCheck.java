package wsecho.settings;

import java.security.GeneralSecurityException;
import java.util.List;

import javax.net.ssl.SSLEngine;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Stops the start if TLS would not work though it can be set up: Spring Boot listens with
 * a certificate without its key, and every handshake fails.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TlsCheck implements WebServerFactoryCustomizer<WebServerFactory> {

	private final Environment environment;

	private final SslBundles bundles;

	/**
	 * Creates it.
	 * @param environment where TLS is set up
	 * @param bundles those of {@code spring.ssl.bundle}
	 */
	TlsCheck(Environment environment, SslBundles bundles) {
		this.environment = environment;
		this.bundles = bundles;
	}

	@Override
	public void customize(WebServerFactory factory) {
		for (String prefix : List.of("server.ssl", "management.server.ssl")) {
			Ssl ssl = Binder.get(this.environment).bind(prefix, Ssl.class).orElse(null);
			if (Ssl.isEnabled(ssl)) {
				require(WebServerSslBundle.get(ssl, this.bundles));
			}
		}
	}

	private static void require(SslBundle bundle) {
		try {
			KeyPairCheck.require(bundle);
			requireOptions(bundle);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

	// the JDK says which protocol or cipher it does not know
	private static void requireOptions(SslBundle bundle) {
		SSLEngine engine = bundle.createSslContext().createSSLEngine();
		SslOptions options = bundle.getOptions();
		if (options.getEnabledProtocols() != null) {
			engine.setEnabledProtocols(options.getEnabledProtocols());
		}
		if (options.getCiphers() != null) {
			engine.setEnabledCipherSuites(options.getCiphers());
		}
	}

}
