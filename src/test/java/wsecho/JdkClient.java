package wsecho;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** The JDK's own WebSocket client, and what it sees. */
final class JdkClient implements WebSocket.Listener {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

	private JdkClient() {
	}

	/**
	 * Opens a session.
	 * @param port the server's
	 * @param path path and query
	 * @param subprotocols those that are offered
	 * @return the session
	 * @throws Exception if there is none; its cause is what the client says
	 */
	static Session open(int port, String path, String... subprotocols) throws Exception {
		WebSocket.Builder builder = HTTP.newWebSocketBuilder();
		if (subprotocols.length > 0) {
			String[] others = Arrays.copyOfRange(subprotocols, 1, subprotocols.length);
			builder.subprotocols(subprotocols[0], others);
		}
		JdkClient client = new JdkClient();
		URI uri = URI.create("ws://localhost:" + port + path);
		return new Session(builder.buildAsync(uri, client).get(20, TimeUnit.SECONDS), client);
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
		return see(socket, "text " + text + (last ? "" : " …"));
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
		return see(socket, "binary " + bytes.remaining() + (last ? "" : " …"));
	}

	@Override
	public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer payload) {
		return see(socket, "ping");
	}

	@Override
	public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
		return see(socket, "pong " + StandardCharsets.US_ASCII.decode(payload));
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
		return see(socket, ("close " + code + " " + reason).strip());
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.seen.add("lost");
	}

	private @Nullable CompletionStage<?> see(WebSocket socket, String what) {
		this.seen.add(what);
		socket.request(1);
		return null;
	}

	/**
	 * A session.
	 *
	 * @param socket sends
	 * @param client has seen
	 */
	record Session(WebSocket socket, JdkClient client) implements AutoCloseable {

		Session text(String text) throws Exception {
			this.socket.sendText(text, true).get(20, TimeUnit.SECONDS);
			return this;
		}

		/** What comes next: a part of a message, a control frame or the end. */
		String next() throws Exception {
			return Objects.requireNonNullElse(this.client.seen.poll(20, TimeUnit.SECONDS), "nothing");
		}

		@Override
		public void close() {
			this.socket.abort();
		}

	}

}
