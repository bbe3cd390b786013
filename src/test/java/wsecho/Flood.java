package wsecho;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Clients that send one frame over and over, as fast as it is taken, and never read. */
final class Flood implements AutoCloseable {

	private static final int STALL_MILLIS = 1000;

	private final List<SocketChannel> clients = new ArrayList<>();

	private final ByteBuffer frames;

	/**
	 * Connects the clients.
	 * @param port the server's
	 * @param count how many
	 * @param handshake what each sends first
	 * @param frame the frame
	 */
	Flood(int port, int count, String handshake, byte[] frame) throws IOException {
		this.frames = ByteBuffer.allocate((1 + 1_000_000 / frame.length) * frame.length);
		while (this.frames.hasRemaining()) {
			this.frames.put(frame);
		}
		for (int i = 0; i < count; i++) {
			SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			this.clients.add(client);
			client.write(ByteBuffer.wrap(handshake.getBytes(StandardCharsets.US_ASCII)));
			client.configureBlocking(false);
		}
	}

	/**
	 * Sends until nothing moves any more.
	 * @param most how many bytes each client sends at most
	 * @return how many were taken of the one that could send most
	 */
	long run(long most) throws IOException {
		long[] accepted = new long[this.clients.size()];
		try (Selector selector = Selector.open()) {
			for (int i = 0; i < accepted.length; i++) {
				this.clients.get(i)
					.register(selector, SelectionKey.OP_WRITE, new Sender(i, this.frames.duplicate().clear()));
			}
			for (select(selector); !selector.selectedKeys().isEmpty(); select(selector)) {
				for (SelectionKey key : selector.selectedKeys()) {
					Sender sender = (Sender) key.attachment();
					accepted[sender.index()] += sender.send((SocketChannel) key.channel());
					if (accepted[sender.index()] >= most) {
						key.cancel();
					}
				}
			}
		}
		return Arrays.stream(accepted).max().orElseThrow();
	}

	// what is selected already is not counted by select()
	private static void select(Selector selector) throws IOException {
		selector.selectedKeys().clear();
		selector.selectNow();
		if (selector.selectedKeys().isEmpty() && !selector.keys().isEmpty()) {
			selector.select(STALL_MILLIS);
		}
	}

	@Override
	public void close() throws IOException {
		for (SocketChannel client : this.clients) {
			client.close();
		}
	}

	private record Sender(int index, ByteBuffer frames) {

		int send(SocketChannel to) throws IOException {
			if (!this.frames.hasRemaining()) {
				this.frames.rewind();
			}
			return to.write(this.frames);
		}

	}

}
