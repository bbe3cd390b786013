package wsecho.websocket;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Subscribes to the handler of a session; its completion starts the closing handshake.
 */
final class HandlerSubscriber implements CoreSubscriber<Void> {

	private final EventLoop loop;

	private final ClosingHandshake closing;

	private final ContextView context;

	HandlerSubscriber(EventLoop loop, ClosingHandshake closing, ContextView context) {
		this.loop = loop;
		this.closing = closing;
		this.context = context;
	}

	void subscribe(WebSocketHandler handler, WebSocketSession session) {
		Mono.defer(() -> handler.handle(session)).subscribe(this);
	}

	@Override
	public Context currentContext() {
		return Context.of(this.context);
	}

	@Override
	public void onSubscribe(Subscription handler) {
		handler.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Void nothing) {
	}

	@Override
	public void onError(Throwable failure) {
		handled(failure);
	}

	@Override
	public void onComplete() {
		handled(null);
	}

	private void handled(@Nullable Throwable failure) {
		Handover.to(this.loop, () -> this.closing.handled(failure));
	}

}
