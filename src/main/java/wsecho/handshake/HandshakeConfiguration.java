package wsecho.handshake;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.socket.server.WebSocketService;
import wsecho.memory.MemoryBudget;

/** Has WebFlux's {@code WebSocketHandlerAdapter} use our handshake. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionDefaults.class)
class HandshakeConfiguration implements WebFluxConfigurer {

	private final ServerHandshake handshake;

	HandshakeConfiguration(SessionAdmission admission, SessionDefaults defaults, MemoryBudget memory) {
		this.handshake = new ServerHandshake(admission, defaults, memory);
	}

	@Override
	public WebSocketService getWebSocketService() {
		return this.handshake;
	}

	@Bean
	static MisplacedHandshakes misplacedHandshakes(ObjectProvider<AbstractUrlHandlerMapping> mappings,
			SessionAdmission admission) {
		return new MisplacedHandshakes(mappings, admission);
	}

}
