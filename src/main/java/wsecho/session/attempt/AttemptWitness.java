package wsecho.session.attempt;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import wsecho.handshake.Attempt;
import wsecho.handshake.OpeningHandshake;

/**
 * Sees each request that names an attempt, whether or not it still looks like a
 * handshake, and wherever it leads.
 */
final class AttemptWitness implements WebFilter, Ordered {

	private final Attempts attempts;

	private final String pod;

	AttemptWitness(Attempts attempts, String pod) {
		this.attempts = attempts;
		this.pod = pod;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String name = Attempt.of(exchange.getRequest());
		if (name != null) {
			AtomicReference<Arrival> arrival = this.attempts.add(name, Arrival.of(exchange.getRequest(), this.pod));
			exchange.getResponse()
				.beforeCommit(() -> Mono.fromRunnable(() -> arrival.updateAndGet((each) -> answered(each, exchange))));
		}
		return chain.filter(exchange);
	}

	private static Arrival answered(Arrival arrival, ServerWebExchange exchange) {
		String session = exchange.getResponse().getHeaders().getFirst("X-Session-Id");
		return arrival.answered(status(exchange, session), Attempt.problem(exchange), session);
	}

	// the 101 is set below WebFlux
	private static int status(ServerWebExchange exchange, @Nullable String session) {
		if (session != null && OpeningHandshake.isUpgrade(exchange.getRequest())) {
			return HttpStatus.SWITCHING_PROTOCOLS.value();
		}
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		return (status != null) ? status.value() : HttpStatus.OK.value();
	}

}
