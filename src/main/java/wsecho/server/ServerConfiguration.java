package wsecho.server;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.micrometer.observation.ObservationPredicate;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import reactor.netty.resources.LoopResources;
import wsecho.handshake.OpeningHandshake;
import wsecho.handshake.SessionAdmission;
import wsecho.memory.MemoryBudget;

/** Sets up what serves all connections. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ConnectionLimits.class, Http2Limits.class, ProxySettings.class })
class ServerConfiguration {

	@Bean
	HttpPipeline httpPipeline(SessionAdmission admission, Http2Limits limits, ServerProperties server,
			NettyServerProperties netty) {
		HeaderLimits headers = new HeaderLimits(netty.getMaxInitialLineLength().toBytes(),
				server.getMaxHttpRequestHeaderSize().toBytes());
		return new HttpPipeline(admission, limits, headers);
	}

	@Bean
	Connections connections(SessionAdmission admission, ConnectionLimits limits, MemoryBudget memory) {
		return new Connections(admission::connectionLimit, "and no files for more; raise ulimit -n",
				new ConnectionDeadlines(limits.handshake()), memory);
	}

	@Bean
	ServerSetup serverSetup(HttpPipeline httpPipeline, Connections connections, ProxySettings proxy,
			SessionAdmission admission) {
		boolean required = proxy.proxyProtocol() == ProxySettings.Mode.REQUIRED;
		return new ServerSetup(httpPipeline, connections,
				required ? (server) -> ProxyProtocol.requiredBy(server, admission::refused) : UnaryOperator.identity());
	}

	@Bean
	UnhandledFailures unhandledFailures() {
		return new UnhandledFailures();
	}

	@Bean
	RefusalProblems refusalProblems() {
		return new RefusalProblems();
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
