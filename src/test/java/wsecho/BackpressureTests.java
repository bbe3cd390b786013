package wsecho;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that does not read is not read from. */
@RunningService
class BackpressureTests {

	// what the kernel may hold for the two ends, many times over
	private static final long MOST = 64L * 1024 * 1024;

	private static final int STALL_MILLIS = 1000;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(ints = { 10, 60_000, 1_000_000 })
	void clientThatDoesNotReadIsStopped(int size) throws IOException {
		assertThat(acceptedOf(RawSocket.frame(0x82, new byte[size]))).isLessThan(MOST);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 125 })
	void clientThatDoesNotReadItsPongsIsStopped(int size) throws IOException {
		assertThat(acceptedOf(RawSocket.frame(0x89, new byte[size]))).isLessThan(MOST);
	}

	// how many bytes of frames are taken before nothing moves any more
	private long acceptedOf(byte[] frame) throws IOException {
		ByteBuffer many = ByteBuffer.allocate((1 + 1_000_000 / frame.length) * frame.length);
		while (many.hasRemaining()) {
			many.put(frame);
		}
		try (SocketChannel client = SocketChannel
			.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
				Selector selector = Selector.open()) {
			client.write(ByteBuffer.wrap(RawSocket.handshake("/websocket").getBytes(StandardCharsets.US_ASCII)));
			client.configureBlocking(false);
			client.register(selector, SelectionKey.OP_WRITE);
			long accepted = 0;
			while (accepted < MOST && selector.select(STALL_MILLIS) > 0) {
				selector.selectedKeys().clear();
				if (!many.hasRemaining()) {
					many.rewind();
				}
				accepted += client.write(many);
			}
			return accepted;
		}
	}

}
