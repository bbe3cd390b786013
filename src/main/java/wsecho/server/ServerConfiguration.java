package wsecho.server;

import java.time.Duration;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.micrometer.observation.ObservationPredicate;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import reactor.netty.resources.LoopResources;
import wsecho.handshake.Http2Request;
import wsecho.handshake.OpeningHandshake;
import wsecho.handshake.SessionAdmission;

/** Sets up what serves all connections. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConnectionLimits.class)
class ServerConfiguration {

	@Bean
	Connections connections(SessionAdmission admission, ConnectionLimits limits) {
		return new Connections(admission, limits.handshake());
	}

	// RFC 8441, 3: a setting tells clients that they may. Boot's own customizer replaces
	// the settings, so this one has to come after it; and the hooks for all connections
	// come after those for HTTP/2, which starts on one that has been counted.
	@Bean
	@Order
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> protocols(Connections connections) {
		return (factory) -> factory
			.addServerCustomizers((server) -> server.http2Settings((settings) -> settings.connectProtocolEnabled(true))
				.doOnChannelInit((observer, channel, remote) -> Http2ErrorFilter.install(channel))
				.childObserve(Http2Request::keep), PriorKnowledge::recognizedBy, connections::watch);
	}

	// Reactor Netty's own are four or more: on fewer cores they only take turns
	@Bean
	ReactorResourceFactory eventLoops() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setLoopResourcesSupplier(
				() -> LoopResources.create("wsecho", Runtime.getRuntime().availableProcessors(), true));
		// when the sessions are gone there is nothing to be quiet for
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	@Bean
	MeterBinder eventLoopMetrics(ReactorResourceFactory eventLoops) {
		return new NettyEventExecutorMetrics(eventLoops.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE));
	}

	@Bean
	MeterBinder allocatorMetrics() {
		return new NettyAllocatorMetrics((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT);
	}

	// a session's request lasts as long as the session: its duration would say nothing of
	// requests, and while it is observed all that belongs to it is kept
	@Bean
	ObservationPredicate unobservedHandshakes() {
		return (name, context) -> !(context instanceof ServerRequestObservationContext request
				&& OpeningHandshake.isAttempted(request.getCarrier()));
	}

}
