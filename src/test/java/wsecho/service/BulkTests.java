package wsecho.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** A message that is larger than the memory comes back byte for byte. */
class BulkTests {

	private static final long SIZE = 1L << 30;

	private static final int CHUNK = 1 << 16;

	private static final int MASK = 0x37fa213d;

	private static @Nullable ServiceProcess service;

	@BeforeAll
	static void start() throws Exception {
		service = ServiceProcess.start("-Xmx128m");
	}

	@AfterAll
	static void stop() {
		service().close();
	}

	@ParameterizedTest(name = "frames: {0}")
	@ValueSource(ints = { 1, 16_384 })
	void gibibyteComesBack(int frames) throws Exception {
		try (RawSocket client = RawSocket.open(service().port(), "/websocket")) {
			CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(client, frames));
			assertThat(echoed(client)).isEqualTo(SIZE);
			sent.join();
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
		}
	}

	private static void send(RawSocket to, int frames) {
		long length = SIZE / frames;
		try {
			for (long at = 0; at < SIZE; at += CHUNK) {
				if (at % length == 0) {
					int opcode = (at == 0) ? 0x2 : 0;
					int fin = (at + length == SIZE) ? 0x80 : 0;
					to.send(ByteBuffer.allocate(14)
						.put((byte) (fin | opcode))
						.put((byte) 0xff)
						.putLong(length)
						.putInt(MASK)
						.array());
				}
				to.send(chunk(at, MASK));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Reads one message, and compares it. */
	private static long echoed(RawSocket from) throws IOException {
		long at = 0;
		byte[] expected = {};
		for (boolean last = false; !last;) {
			int first = from.readFirst();
			assertThat(first & 0x7f).isEqualTo((at == 0) ? 0x2 : 0);
			last = (first & 0x80) != 0;
			byte[] payload = from.readPayload();
			for (int i = 0; i < payload.length;) {
				int offset = (int) (at % CHUNK);
				if (offset == 0) {
					expected = chunk(at, 0);
				}
				int n = Math.min(payload.length - i, CHUNK - offset);
				assertThat(Arrays.equals(payload, i, i + n, expected, offset, offset + n)).as("bytes from %d on", at)
					.isTrue();
				i += n;
				at += n;
			}
		}
		return at;
	}

	// every eight bytes of the message are others
	private static byte[] chunk(long at, int mask) {
		byte[] chunk = new byte[CHUNK];
		LongBuffer words = ByteBuffer.wrap(chunk).asLongBuffer();
		long masks = (long) mask << 32 | mask;
		for (long word = at / Long.BYTES; words.hasRemaining(); word++) {
			words.put(word * 0x9e3779b97f4a7c15L ^ masks);
		}
		return chunk;
	}

	private static ServiceProcess service() {
		return Objects.requireNonNull(service);
	}

}
