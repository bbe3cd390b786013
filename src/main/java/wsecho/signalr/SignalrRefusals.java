package wsecho.signalr;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import wsecho.handshake.SessionAdmission;

/**
 * Answers with what a client of the hub expects of a refusal.
 *
 * @param admission counts them
 */
record SignalrRefusals(SessionAdmission admission) implements WebExceptionHandler, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		if (failure instanceof SignalrRefusal refusal) {
			this.admission.refused(refusal.status());
			return refusal.answer(exchange);
		}
		return Mono.error(failure);
	}

}
