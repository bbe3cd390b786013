package wsecho.scenario;

import java.io.IOException;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.RawSocket;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sessions whose time is over while the client sends: nothing of what is on its way
 * leaks, which the check after the class holds.
 */
@RunningService
class EndedWhileSendingTests {

	// chance has a part: some ten seconds each
	private static final int SESSIONS = 200;

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	@AfterEach
	void noSessionIsLeft() {
		await().untilAsserted(() -> assertThat(this.meters.get("wsecho.sessions.open").gauge().value()).isZero());
	}

	@ParameterizedTest
	@ValueSource(strings = { "fragment=64", "delay=5ms", "delay=5ms&fragment=64", "delay=1m" })
	void nothingLeaks(String query) throws Exception {
		for (int i = 0; i < SESSIONS; i++) {
			RawSocket client = RawSocket.open(this.port, "/websocket?lifetime=30ms&end=eof&" + query);
			Thread sender = new Thread(() -> send(client));
			sender.start();
			read(client);
			// the server discards what is sent until the client ends too
			client.close();
			sender.join();
		}
	}

	private static void read(RawSocket client) {
		try {
			while (!client.readFrame().equals(RawSocket.EOF)) {
			}
		}
		catch (IOException ex) {
			// a reset: what the client sent was not read any more
		}
	}

	private static void send(RawSocket client) {
		byte[] frame = RawSocket.frame(0x82, new byte[4000]);
		try {
			while (true) {
				client.send(frame);
			}
		}
		catch (IOException ex) {
			// the session has ended
		}
	}

}
