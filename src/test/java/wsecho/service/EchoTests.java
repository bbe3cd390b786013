package wsecho.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The echo, as the JDK's own client sees it. */
@RunningService
class EchoTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	static Stream<String> texts() {
		return Stream.of("WebSocket rocks", "", "\u007f\u0080\u07ff\u0800\uffff\ud800\udc00\udbff\udfff",
				"x".repeat(125), "x".repeat(126), "\u20ac".repeat(20_000), "x".repeat(60_000));
	}

	static Stream<byte[]> binaries() {
		return IntStream.of(0, 1, 125, 126, 60_000, 65_535).mapToObj(EchoTests::randomBytes);
	}

	@ParameterizedTest
	@MethodSource("texts")
	void textComesBackAsText(String text) throws Exception {
		Client client = connect();
		client.socket().sendText(text, true).get(10, TimeUnit.SECONDS);
		assertThat(client.next()).isEqualTo(text);
		client.closes();
	}

	@ParameterizedTest
	@MethodSource("binaries")
	void binaryComesBackAsBinary(byte[] bytes) throws Exception {
		Client client = connect();
		client.socket().sendBinary(ByteBuffer.wrap(bytes), true).get(10, TimeUnit.SECONDS);
		assertThat(client.next()).isEqualTo(ByteBuffer.wrap(bytes));
		client.closes();
	}

	@Test
	void messagesComeBackInOrder() throws Exception {
		Client client = connect();
		for (int i = 0; i < 1000; i++) {
			client.socket().sendText("message " + i, true).get(10, TimeUnit.SECONDS);
		}
		for (int i = 0; i < 1000; i++) {
			assertThat(client.next()).isEqualTo("message " + i);
		}
		client.closes();
	}

	@Test
	void hundredSessionsAtOnce() throws Exception {
		List<Client> clients = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			clients.add(connect());
		}
		for (int i = 0; i < 100; i++) {
			clients.get(i).socket().sendText("session " + i, true).get(10, TimeUnit.SECONDS);
		}
		for (int i = 0; i < 100; i++) {
			assertThat(clients.get(i).next()).isEqualTo("session " + i);
		}
		for (Client client : clients) {
			client.closes();
		}
	}

	@Test
	void clientGoneWithoutCloseLeavesTheOthersServed() throws Exception {
		for (int i = 0; i < 50; i++) {
			goInTheMiddle(i % 2 == 0);
		}
		Client client = connect();
		client.socket().sendText("still here", true).get(10, TimeUnit.SECONDS);
		assertThat(client.next()).isEqualTo("still here");
		client.closes();
	}

	// sends whole messages and half of one, reads nothing, and is gone
	private void goInTheMiddle(boolean reset) throws IOException {
		RawSocket client = RawSocket.open(this.port, "/websocket");
		byte[] frame = RawSocket.frame(0x82, randomBytes(30_000));
		for (int i = 0; i < 5; i++) {
			client.send(frame);
		}
		client.send(Arrays.copyOf(frame, 15_000));
		if (reset) {
			client.reset();
		}
		else {
			client.close();
		}
	}

	private Client connect() throws Exception {
		BlockingQueue<Object> received = new LinkedBlockingQueue<>();
		WebSocket socket = HTTP.newWebSocketBuilder()
			.buildAsync(URI.create("ws://localhost:" + this.port + "/websocket"), new Listener(received))
			.get(10, TimeUnit.SECONDS);
		return new Client(socket, received);
	}

	private static byte[] randomBytes(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	private record Client(WebSocket socket, BlockingQueue<Object> received) {

		Object next() throws InterruptedException {
			Object next = this.received.poll(10, TimeUnit.SECONDS);
			assertThat(next).as("a message within 10 s").isNotNull();
			return next;
		}

		void closes() throws Exception {
			this.socket.sendClose(4001, "done").get(10, TimeUnit.SECONDS);
			assertThat(next()).isEqualTo("closed with 4001 done");
		}

	}

	private static final class Listener implements WebSocket.Listener {

		private final BlockingQueue<Object> received;

		private final StringBuilder text = new StringBuilder();

		private ByteBuffer binary = ByteBuffer.allocate(0);

		Listener(BlockingQueue<Object> received) {
			this.received = received;
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				this.received.add(this.text.toString());
				this.text.setLength(0);
			}
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
			this.binary = ByteBuffer.allocate(this.binary.remaining() + data.remaining())
				.put(this.binary)
				.put(data)
				.flip();
			if (last) {
				this.received.add(this.binary);
				this.binary = ByteBuffer.allocate(0);
			}
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.received.add("closed with " + code + " " + reason);
			return null;
		}

		@Override
		public void onError(WebSocket socket, Throwable error) {
			this.received.add(error);
		}

	}

}
