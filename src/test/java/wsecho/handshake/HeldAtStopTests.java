package wsecho.handshake;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import wsecho.fixture.RawSocket;
import wsecho.fixture.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** A handshake whose answer is held when the service is stopped (SIGTERM). */
class HeldAtStopTests {

	private static final Duration MOST = Duration.ofSeconds(8);

	@Test
	void heldHandshakeIsRefusedAndDoesNotHoldTheStop() throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=1m");
				RawSocket client = new RawSocket(service.port());
				RawSocket probe = RawSocket.open(service.port(), "/websocket?handshake-delay=100ms")) {
			client.send(RawSocket.handshake("/websocket?handshake-delay=1m"));
			probe.sendFrame(0x88, new byte[0]).awaitEnd();
			long start = System.nanoTime();
			service.terminate();
			assertThat(client.readResponse()).startsWith("HTTP/1.1 503 ").contains("stopping");
			assertThat(service.stop()).isEqualTo(143);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST);
		}
	}

}
