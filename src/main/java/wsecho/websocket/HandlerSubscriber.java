package wsecho.websocket;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** A handler at work: when it is done the session closes. */
public final class HandlerSubscriber implements CoreSubscriber<Void> {

	private final ChannelEnd end;

	private final ContextView context;

	public HandlerSubscriber(ChannelEnd end, ContextView context) {
		this.end = end;
		this.context = context;
	}

	public void run(WebSocketHandler handler, WebSocketSession session) {
		Mono.defer(() -> handler.handle(session)).subscribe(this);
	}

	@Override
	public Context currentContext() {
		return Context.of(this.context);
	}

	@Override
	public void onSubscribe(Subscription handling) {
		handling.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Void nothing) {
	}

	@Override
	public void onError(Throwable failure) {
		done(failure);
	}

	@Override
	public void onComplete() {
		done(null);
	}

	private void done(@Nullable Throwable failure) {
		this.end.execute(() -> this.end.closing().handled(failure));
	}

}
