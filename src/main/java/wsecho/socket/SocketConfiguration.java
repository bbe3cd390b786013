package wsecho.socket;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;

/** Has WebFlux take up WebSocket handshakes in our way. */
@Configuration(proxyBeanMethods = false)
class SocketConfiguration implements WebFluxConfigurer {

	@Override
	public WebSocketService getWebSocketService() {
		return new Handshake(new ReactorNettyRequestUpgradeStrategy());
	}

}
