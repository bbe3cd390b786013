package wsecho.server;

import java.util.function.UnaryOperator;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import reactor.netty.http.server.HttpServer;

/**
 * Sets up the server of one port. Comes after Boot's own customizers, which replace the
 * settings of HTTP/2.
 */
record ServerSetup(HttpPipeline pipeline, Connections connections, UnaryOperator<HttpServer> proxied)
		implements
			WebServerFactoryCustomizer<NettyReactiveWebServerFactory>,
			Ordered {

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	// what comes before PriorKnowledge sets up a connection that turns out to be one of
	// HTTP/2 again; what comes after it counts each connection once
	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers(this.pipeline::install, PriorKnowledge::recognizedBy, this.connections::watch,
				this.proxied::apply);
	}

}
