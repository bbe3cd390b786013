package wsecho.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wsecho.fixture.Bomb;
import wsecho.fixture.OpenChannels;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import wsecho.fixture.Transport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that vanish, wherever they are: no session stays, no buffer leaks, nothing is
 * said of it in the log, and nobody else notices.
 */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class DisconnectTests {

	private static final int CLIENTS = 25;

	private static final int VANISHED = 300;

	@LocalServerPort
	private int port;

	@Autowired
	private OpenChannels open;

	// the 101 cannot be written, and HTTP's decoder gets what follows
	@Test
	void clientThatVanishesBehindItsHandshakeLeavesNothing(CapturedOutput output) throws Exception {
		String frame = new String(RawSocket.frame(0x82, new byte[30_000]), StandardCharsets.ISO_8859_1);
		for (int i = 0; i < VANISHED; i++) {
			try (RawSocket client = new RawSocket(this.port)) {
				client.send(RawSocket.handshake("/websocket") + frame).reset();
			}
		}
		Awaitility.await().until(() -> this.open.count() == 0);
		assertThat(output).doesNotContain("ERROR", "WARN");
	}

	static Stream<Arguments> ways() {
		return Stream.of(Transport.values())
			.flatMap((transport) -> Stream.of(Place.values())
				.flatMap((place) -> Stream.of(End.values()).map((end) -> Arguments.of(transport, place, end))));
	}

	@ParameterizedTest(name = "{0}: {1}, {2}")
	@MethodSource("ways")
	void vanishedClientLeavesNothing(Transport transport, Place place, End end, CapturedOutput output)
			throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		System.out.printf("%s %s %s: seed %d%n", transport, place, end, seed);
		int length = output.getAll().length();
		AtomicBoolean enough = new AtomicBoolean();
		CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> echoUntil(enough));
		for (int i = 0; i < CLIENTS; i++) {
			try (RawSocket client = transport.open(this.port, "/websocket?compress=true", place.fields())) {
				assertThat(this.open.count()).isPositive();
				client.send(place.bytes(random));
				end.end(client);
			}
		}
		enough.set(true);
		assertThat(other.join()).isPositive();
		Awaitility.await().untilAsserted(() -> assertThat(this.open.count()).isZero());
		assertThat(output.getAll().substring(length)).doesNotContain("WARN", "ERROR", "Exception");
	}

	private int echoUntil(AtomicBoolean enough) {
		try (RawSocket client = RawSocket.open(this.port, "/websocket")) {
			int count = 0;
			do {
				assertThat(client.sendFrame(0x82, new byte[] { (byte) count }).readFrame())
					.isEqualTo("82:%02x".formatted(count & 0xff));
				count++;
			}
			while (!enough.get());
			return count;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Where in the conversation the client is when it vanishes. */
	enum Place {

		OPENED {
			@Override
			byte[] bytes(Random random) {
				return new byte[0];
			}
		},

		FRAME {
			@Override
			byte[] bytes(Random random) {
				return cut(RawSocket.frame(0x82, new byte[1000]), random);
			}
		},

		LONG_FRAME {
			@Override
			byte[] bytes(Random random) {
				return cut(RawSocket.frame(0x82, new byte[300_000]), random);
			}
		},

		MESSAGE {
			@Override
			byte[] bytes(Random random) {
				return repeated(RawSocket.frame(0x02, new byte[10]), RawSocket.frame(0x00, new byte[10]),
						random.nextInt(9));
			}
		},

		ANSWER {
			@Override
			byte[] bytes(Random random) {
				byte[] message = RawSocket.frame(0x82, new byte[10_000]);
				return repeated(message, message, random.nextInt(40));
			}
		},

		// ten times 4 MiB of nothing
		INFLATION {
			@Override
			byte[] bytes(Random random) {
				byte[] bomb = RawSocket.frame(0xc2, Bomb.of(4));
				return cut(repeated(bomb, bomb, 9), random);
			}

			@Override
			String[] fields() {
				return new String[] { "Sec-WebSocket-Extensions: permessage-deflate" };
			}
		},

		CLOSING {
			@Override
			byte[] bytes(Random random) {
				return repeated(RawSocket.frame(0x82, new byte[10_000]), RawSocket.frame(0x88, new byte[0]), 1);
			}
		};

		/** What the client has sent of it. */
		abstract byte[] bytes(Random random);

		/** What is in its handshake. */
		String[] fields() {
			return new String[0];
		}

		private static byte[] cut(byte[] bytes, Random random) {
			return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
		}

		private static byte[] repeated(byte[] first, byte[] next, int count) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			bytes.writeBytes(first);
			for (int i = 0; i < count; i++) {
				bytes.writeBytes(next);
			}
			return bytes.toByteArray();
		}

	}

	/** How the client vanishes. */
	enum End {

		/** Ends its direction, reads what comes, and goes. */
		FIN {
			@Override
			void end(RawSocket client) throws IOException {
				client.endOutput();
				while (!client.readFrame().equals(RawSocket.EOF)) {
				}
			}
		},

		RST {
			@Override
			void end(RawSocket client) throws IOException {
				client.reset();
			}
		},

		/** The process ends: FIN, or RST where something has not been read. */
		EXIT {
			@Override
			void end(RawSocket client) throws IOException {
				client.close();
			}
		};

		abstract void end(RawSocket client) throws IOException;

	}

}
