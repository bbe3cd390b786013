package wsecho.check;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map.Entry;
import java.util.Map;

import io.netty.channel.socket.SocketProtocolFamily;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import wsecho.check.client.Pin;
import wsecho.check.client.Route;
import wsecho.check.client.Target;
import wsecho.check.client.Trust;
import wsecho.check.client.ViaProxy;

/** The options of how a server is reached. */
final class RouteOptions {

	private static final int MOST = 20;

	@Option(names = "--header", paramLabel = "NAME:VALUE", converter = Field.class,
			description = "Send this header field with each request; up to 20.")
	private List<Entry<String, String>> fields = List.of();

	@Option(names = "--proxy", paramLabel = "URL",
			description = "Go through this HTTP proxy (CONNECT), in place of the environment's; none for none.")
	private @Nullable String proxy;

	@Option(names = "--resolve", paramLabel = "HOST:PORT:ADDR", converter = Pin.Converter.class,
			description = "Take this for an address of the name; up to 20.")
	private List<Pin> pins = List.of();

	@ArgGroup
	private Family family = new Family();

	@Option(names = "--http", paramLabel = "VERSION", defaultValue = "1.1", converter = HttpVersionConverter.class,
			description = "1.1, or 2: everything over HTTP/2 (RFC 8441) (default: ${DEFAULT-VALUE}).")
	private int http;

	@Option(names = "--timeout", paramLabel = "TIME", defaultValue = "10s", converter = Times.Connecting.class,
			description = "How long a connection may take to be made: from 1s to 1m (default: ${DEFAULT-VALUE}).")
	private Duration timeout = Route.TIMEOUT;

	@Option(names = "--cacert", paramLabel = "FILE",
			description = "Trust these certificates (PEM) in place of the JDK's.")
	private @Nullable File authorities;

	@Option(names = "--insecure", description = "Trust any certificate.")
	private boolean insecure;

	/**
	 * The way to a server.
	 * @throws IllegalArgumentException if an option does not fit it, with its name and
	 * why
	 */
	Route to(Target target, Map<String, String> environment) {
		few("--header", this.fields);
		few("--resolve", this.pins);
		ViaProxy through = through(target, environment);
		if (through != null && (!this.pins.isEmpty() || this.family.value() != null)) {
			throw new IllegalArgumentException("--resolve, --ipv4, --ipv6: the proxy " + through
					+ " looks names up itself; leave them out, or give --proxy none");
		}
		return new Route(target, this.pins, this.family.value(), through, trust(), this.fields, this.timeout,
				this.http == 2);
	}

	private static void few(String option, List<?> values) {
		if (values.size() > MOST) {
			throw new IllegalArgumentException(
					option + ": given " + values.size() + " times, and up to " + MOST + " are accepted");
		}
	}

	/**
	 * Sees that what is given for addresses is used.
	 * @throws IllegalArgumentException if not
	 */
	void requirePinsOf(List<Target> targets) {
		for (Pin pin : this.pins) {
			if (targets.stream().noneMatch(pin::isOf)) {
				Target first = targets.get(0);
				throw new IllegalArgumentException("--resolve: " + pin + " is none of what is connected to, which is "
						+ first.host() + ":" + first.port());
			}
		}
	}

	private @Nullable ViaProxy through(Target target, Map<String, String> environment) {
		if (this.proxy == null) {
			return ViaProxy.of(target, environment);
		}
		try {
			return this.proxy.equals(ViaProxy.NONE) ? null : ViaProxy.of(this.proxy);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("--proxy: " + ex.getMessage(), ex);
		}
	}

	private Trust trust() {
		Trust trust = new Trust(this.authorities, this.insecure);
		try {
			if (this.authorities != null) {
				trust.load();
			}
			return trust;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("--cacert: " + this.authorities
					+ " cannot be used; a file with certificates in PEM is accepted (" + ex.getMessage() + ")", ex);
		}
	}

	/** One of both, or none. */
	private static final class Family {

		@Option(names = "--ipv4", description = "Use IPv4 addresses alone.")
		private boolean ipv4;

		@Option(names = "--ipv6", description = "Use IPv6 addresses alone.")
		private boolean ipv6;

		private @Nullable SocketProtocolFamily value() {
			if (this.ipv4) {
				return SocketProtocolFamily.INET;
			}
			return this.ipv6 ? SocketProtocolFamily.INET6 : null;
		}

	}

}
