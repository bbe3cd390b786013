package wsecho.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Clients that keep a server busy, all in the calling thread. What comes back is parsed
 * and has to be what was sent.
 */
final class Load implements AutoCloseable {

	private static final int HEAD_END = 0x0d0a0d0a;

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);

	private final List<Client> clients = new ArrayList<>();

	private final Consumer<SelectionKey> serve = this::serve;

	private final Frames frames;

	private final Latencies latencies = new Latencies();

	private boolean paced;

	private long completed;

	/**
	 * Connects.
	 * @param port the server's, on the loopback address
	 * @param handshake what each client sends first
	 * @param connections how many clients
	 * @param frames what they send then
	 */
	Load(int port, String handshake, int connections, Frames frames) throws IOException {
		this.frames = frames;
		for (int i = 0; i < connections; i++) {
			SocketChannel channel = open(port, handshake);
			readHead(channel);
			channel.configureBlocking(false);
			Client client = new Client(channel);
			client.key = channel.register(this.selector, SelectionKey.OP_READ, client);
			this.clients.add(client);
		}
	}

	/** Begins a connection: the answer to its handshake is not read yet. */
	static SocketChannel open(int port, String handshake) throws IOException {
		SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		// ends with RST, so that no port is left waiting
		channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		channel.write(ByteBuffer.wrap(handshake.getBytes(StandardCharsets.US_ASCII)));
		return channel;
	}

	/** Reads the answer to a handshake, which has to be a 101. */
	static void readHead(SocketChannel channel) throws IOException {
		ByteBuffer head = ByteBuffer.allocate(4096);
		while (head.position() < 4 || head.getInt(head.position() - 4) != HEAD_END) {
			if (channel.read(head) <= 0) {
				throw new IOException("no handshake");
			}
		}
		String status = new String(head.array(), 0, 12, StandardCharsets.US_ASCII);
		if (!status.equals("HTTP/1.1 101")) {
			throw new IOException(status);
		}
	}

	/** Has every client send one message, and waits for all of the echoes. */
	void once() throws IOException {
		this.paced = true;
		long before = this.completed;
		for (Client client : this.clients) {
			client.send(1, System.nanoTime());
		}
		drain(before + this.clients.size());
		this.paced = false;
	}

	/** Begins to keep a number of messages of each client under way. */
	void start(int depth) throws IOException {
		for (Client client : this.clients) {
			client.send(depth, 0);
		}
	}

	/**
	 * Goes on with that.
	 * @return how many echoes came
	 */
	long run(Duration time) throws IOException {
		long before = this.completed;
		long end = System.nanoTime() + time.toNanos();
		while (System.nanoTime() < end) {
			this.selector.select(this.serve, 1);
		}
		return this.completed - before;
	}

	/**
	 * Sends at a fixed rate, whatever comes back, each client in its turn.
	 * @param rate messages a second
	 * @return how long each took, from when it was due
	 */
	Latencies pace(Duration time, double rate) throws IOException {
		this.paced = true;
		this.latencies.clear();
		long before = this.completed;
		long start = System.nanoTime();
		long sent = 0;
		for (long now = start; now - start < time.toNanos(); now = System.nanoTime()) {
			for (long due = (long) ((now - start) * rate / 1e9); sent < due; sent++) {
				long at = start + (long) (sent * 1e9 / rate);
				this.clients.get((int) (sent % this.clients.size())).send(1, at);
			}
			this.selector.selectNow(this.serve);
		}
		drain(before + sent);
		this.paced = false;
		return this.latencies;
	}

	private void drain(long until) throws IOException {
		long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (this.completed < until) {
			this.selector.select(this.serve, 100);
			if (System.nanoTime() > deadline) {
				throw new IOException("echoes are missing: " + (until - this.completed));
			}
		}
	}

	@Override
	public void close() throws IOException {
		for (Client client : this.clients) {
			client.channel.close();
		}
		this.selector.close();
	}

	private void serve(SelectionKey key) {
		Client client = (Client) key.attachment();
		try {
			if (key.isWritable()) {
				client.write();
			}
			this.buffer.clear();
			if (client.channel.read(this.buffer) < 0) {
				throw new IOException("the server ended a connection");
			}
			int whole = client.received(this.buffer.flip());
			this.completed += whole;
			if (!this.paced && whole > 0) {
				client.send(whole, 0);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private final class Client {

		private static final int RING = 1 << 10;

		private final SocketChannel channel;

		private final ByteBuffer out;

		private final long[] due = new long[RING];

		private SelectionKey key;

		private long unsent;

		private int sent;

		private int answered;

		private int headerLength;

		private int first;

		private long left;

		private int received;

		@SuppressWarnings("NullAway.Init")
		Client(SocketChannel channel) {
			this.channel = channel;
			this.out = Load.this.frames.bytes().duplicate();
		}

		void send(int count, long at) throws IOException {
			boolean blocked = this.unsent > 0;
			if (Load.this.paced) {
				this.due[this.sent++ % RING] = at;
				if (this.sent - this.answered > RING) {
					throw new IOException("the server does not keep up");
				}
			}
			this.unsent += count;
			if (!blocked) {
				this.out.position(0);
				write();
			}
		}

		// all frames are the same, so that a part of one is gone on with anywhere
		void write() throws IOException {
			int length = Load.this.frames.length();
			while (this.unsent > 0) {
				int offset = this.out.position() % length;
				int count = (int) Math.min(this.unsent, Load.this.frames.count());
				this.out.clear().position(offset).limit(count * length);
				this.channel.write(this.out);
				this.unsent -= this.out.position() / length;
				if (this.out.hasRemaining()) {
					break;
				}
			}
			this.key
				.interestOps((this.unsent > 0) ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
		}

		/** Parses what came. Returns how many messages are whole with it. */
		int received(ByteBuffer in) throws IOException {
			int whole = 0;
			while (in.hasRemaining()) {
				if (this.headerLength < 2) {
					header(in.get() & 0xff);
				}
				else {
					payload(in);
				}
				if (this.headerLength >= 2 && this.left == 0) {
					whole += end();
				}
			}
			return whole;
		}

		// the length of the header so far, negative while the extended length is read
		private void header(int next) throws IOException {
			if (this.headerLength == 0) {
				this.first = next;
				this.headerLength = 1;
			}
			else if (this.headerLength == 1) {
				this.left = (next < 126) ? next : 0;
				this.headerLength = (next == 126) ? -2 : (next == 127) ? -8 : 2;
				if (next > 127) {
					throw new IOException("a masked frame");
				}
			}
			else {
				this.left = this.left << 8 | next;
				this.headerLength = (this.headerLength == -1) ? 2 : this.headerLength + 1;
			}
		}

		private void payload(ByteBuffer in) throws IOException {
			int n = (int) Math.min(this.left, in.remaining());
			if (this.received == 0 && n >= Long.BYTES && in.getLong(in.position()) != Load.this.frames.start()) {
				throw new IOException("not what was sent");
			}
			in.position(in.position() + n);
			this.left -= n;
			this.received += n;
		}

		private int end() throws IOException {
			this.headerLength = 0;
			if (this.first < 0x80) {
				return 0;
			}
			if (this.received != Load.this.frames.payloadLength()) {
				throw new IOException("a message of " + this.received + " bytes");
			}
			this.received = 0;
			if (Load.this.paced) {
				Load.this.latencies.add(System.nanoTime() - this.due[this.answered++ % RING]);
			}
			return 1;
		}

	}

}
