package wsecho.service;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** permessage-deflate (RFC 7692), against the JDK's own inflater and deflater. */
@RunningService
class CompressionTests {

	private static final String PATH = "/websocket?compress=true";

	private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

	private static final int COMPRESSED_TEXT = 0xc1;

	private static final int COMPRESSED_BINARY = 0xc2;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none",
			textBlock = """
					permessage-deflate                                               | permessage-deflate
					permessage-deflate; client_max_window_bits                       | permessage-deflate
					permessage-deflate; client_max_window_bits=10                    | permessage-deflate
					permessage-deflate; server_no_context_takeover; client_no_context_takeover | permessage-deflate; server_no_context_takeover; client_no_context_takeover
					permessage-deflate; server_max_window_bits=9                     | permessage-deflate; server_max_window_bits=9
					permessage-deflate; server_max_window_bits="10"                  | permessage-deflate; server_max_window_bits=10
					permessage-deflate; server_max_window_bits=7, permessage-deflate | permessage-deflate
					x-webkit-deflate-frame, permessage-deflate                       | permessage-deflate
					permessage-deflate; server_max_window_bits                       | none
					permessage-deflate; server_max_window_bits=09                    | none
					permessage-deflate; server_no_context_takeover=1                 | none
					permessage-deflate; client_no_context_takeover; client_no_context_takeover | none
					permessage-deflate; unknown                                      | none
					x-webkit-deflate-frame                                           | none
					""")
	void firstAcceptableOfferIsAccepted(String offers, @Nullable String accepted) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			client.send(RawSocket.handshake(PATH, "Sec-WebSocket-Extensions: " + offers));
			String head = client.readHead();
			assertThat(head).startsWith("HTTP/1.1 101 ");
			if (accepted == null) {
				assertThat(head).doesNotContainIgnoringCase("sec-websocket-extensions");
			}
			else {
				assertThat(head).containsIgnoringCase("sec-websocket-extensions: " + accepted + "\r\n");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/websocket", "/websocket?compress=false" })
	void withoutTheParameterNoOfferIsAccepted(String path) throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake(path, OFFER)).readHead()).startsWith("HTTP/1.1 101 ")
				.doesNotContainIgnoringCase("sec-websocket-extensions");
		}
	}

	@Test
	void badParameterIsRefusedBeforeTheUpgrade() throws Exception {
		try (RawSocket client = new RawSocket(this.port)) {
			assertThat(client.send(RawSocket.handshake("/websocket?compress=yes", OFFER)).readResponse())
				.startsWith("HTTP/1.1 400 ")
				.contains("compress is", "true or false");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "; server_no_context_takeover; client_no_context_takeover",
			"; server_max_window_bits=8", "; server_max_window_bits=9; server_no_context_takeover" })
	void messagesOfAllSizesComeBack(String parameters) throws Exception {
		try (RawSocket client = RawSocket.open(this.port, PATH, OFFER + parameters)) {
			Peer peer = new Peer(client, parameters.contains("client_no_context_takeover"),
					parameters.contains("server_no_context_takeover"));
			for (int length : new int[] { 0, 1, 3, 125, 126, 2000, 65_535, 65_536, 300_000 }) {
				byte[] text = "0123456789abcdef".repeat(length / 16 + 1)
					.substring(0, length)
					.getBytes(StandardCharsets.US_ASCII);
				assertThat(peer.echo(COMPRESSED_TEXT, text)).isEqualTo(text);
				byte[] noise = new byte[length];
				new Random(length).nextBytes(noise);
				assertThat(peer.echo(COMPRESSED_BINARY, noise)).isEqualTo(noise);
			}
		}
	}

	@Test
	void uncompressedMessageIsTakenToo() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, PATH, OFFER)) {
			Peer peer = new Peer(client, false, false);
			byte[] text = "plain".getBytes(StandardCharsets.US_ASCII);
			client.sendFrame(0x81, text);
			assertThat(peer.receive()).isEqualTo(text);
			assertThat(peer.echo(COMPRESSED_TEXT, text)).isEqualTo(text);
		}
	}

	@Test
	void fragmentsStayFragments() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, PATH, OFFER)) {
			Peer peer = new Peer(client, false, false);
			byte[] compressed = peer.deflate("one two three".getBytes(StandardCharsets.US_ASCII));
			client.sendFrame(0x41, Arrays.copyOf(compressed, 3));
			assertThat(client.readFrame()).startsWith("41:");
			client.sendFrame(0x89, new byte[0]);
			assertThat(client.readFrame()).isEqualTo("8a:");
			client.sendFrame(0x80, Arrays.copyOfRange(compressed, 3, compressed.length));
			assertThat(client.readFrame()).startsWith("80:");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xc0, 0xc9 })
	void rsv1OfContinuationOrPingIsAViolation(int first) throws Exception {
		try (RawSocket client = RawSocket.open(this.port, PATH, OFFER)) {
			client.sendFrame(0x41, new byte[0]);
			assertThat(client.readFrame()).startsWith("41:");
			client.sendFrame(first, new byte[0]);
			assertThat(client.readFrame()).startsWith("88:03ea");
		}
	}

	@Test
	void whatDoesNotInflateIsInvalid() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, PATH, OFFER)) {
			client.sendFrame(COMPRESSED_BINARY, HexFormat.of().parseHex("ffffffff"));
			assertThat(client.readFrame()).startsWith("88:03ef");
		}
	}

	@Test
	void compressedTextIsChecked() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, PATH, OFFER)) {
			Peer peer = new Peer(client, false, false);
			client.sendFrame(COMPRESSED_TEXT, peer.deflate(HexFormat.of().parseHex("61eda080")));
			assertThat(client.readFrame()).startsWith("88:03ef");
		}
	}

	// RFC 7692, 7.2.3.4: a block with BFINAL set, and the byte that follows it
	@Test
	void finalBlockDoesNotEndTheSession() throws Exception {
		try (RawSocket client = RawSocket.open(this.port, PATH, OFFER)) {
			Peer peer = new Peer(client, false, false);
			for (int i = 0; i < 2; i++) {
				client.sendFrame(COMPRESSED_TEXT, HexFormat.of().parseHex("f348cdc9c90700" + "00"));
				assertThat(peer.receive()).isEqualTo("Hello".getBytes(StandardCharsets.US_ASCII));
			}
		}
	}

	@Test
	void bombComesBackWhole() throws Exception {
		int length = 32 * 1024 * 1024;
		try (RawSocket client = RawSocket.open(this.port, PATH, OFFER)) {
			Peer peer = new Peer(client, false, false);
			client.sendFrame(COMPRESSED_BINARY, peer.deflate(new byte[length]));
			assertThat(peer.receive()).hasSize(length).containsOnly(0);
		}
	}

	/** The client's side of the extension. */
	private static final class Peer {

		private static final byte[] TAIL = { 0, 0, (byte) 0xff, (byte) 0xff };

		private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

		private final Inflater inflater = new Inflater(true);

		private final RawSocket client;

		private final boolean resetDeflater;

		private final boolean resetInflater;

		Peer(RawSocket client, boolean resetDeflater, boolean resetInflater) {
			this.client = client;
			this.resetDeflater = resetDeflater;
			this.resetInflater = resetInflater;
		}

		byte[] echo(int first, byte[] message) throws Exception {
			this.client.sendFrame(first, deflate(message));
			return receive();
		}

		byte[] deflate(byte[] message) {
			ByteArrayOutputStream deflated = new ByteArrayOutputStream();
			byte[] buffer = new byte[8192];
			this.deflater.setInput(message);
			int count = this.deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
			while (count > 0) {
				deflated.write(buffer, 0, count);
				count = (count < buffer.length) ? 0
						: this.deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
			}
			if (this.resetDeflater) {
				this.deflater.reset();
			}
			byte[] bytes = deflated.toByteArray();
			return (bytes.length < TAIL.length) ? new byte[1] : Arrays.copyOf(bytes, bytes.length - TAIL.length);
		}

		byte[] receive() throws Exception {
			ByteArrayOutputStream message = new ByteArrayOutputStream();
			String frame = this.client.readFrame();
			boolean compressed = (Integer.parseInt(frame.substring(0, 2), 16) & 0x40) != 0;
			inflate(frame, compressed, message);
			while ((Integer.parseInt(frame.substring(0, 2), 16) & 0x80) == 0) {
				frame = this.client.readFrame();
				inflate(frame, compressed, message);
			}
			if (compressed) {
				inflate(TAIL, message);
				if (this.resetInflater) {
					this.inflater.reset();
				}
			}
			return message.toByteArray();
		}

		private void inflate(String frame, boolean compressed, ByteArrayOutputStream to) throws Exception {
			byte[] payload = HexFormat.of().parseHex(frame.substring(3));
			if (compressed) {
				inflate(payload, to);
			}
			else {
				to.writeBytes(payload);
			}
		}

		private void inflate(byte[] payload, ByteArrayOutputStream to) throws Exception {
			byte[] buffer = new byte[65_536];
			this.inflater.setInput(payload);
			for (int count = this.inflater.inflate(buffer); count > 0; count = this.inflater.inflate(buffer)) {
				to.write(buffer, 0, count);
			}
		}

	}

}
