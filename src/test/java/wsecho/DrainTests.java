package wsecho;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the sessions see when the service is stopped (SIGTERM). */
class DrainTests {

	private static final int CLIENTS = 50;

	@ParameterizedTest
	@EnumSource
	void everySessionIsClosedAndNoReplyIsLost(Transport transport) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=1s")) {
			List<CompletableFuture<String>> closed = new ArrayList<>();
			List<CompletableFuture<Void>> echoing = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				RawSocket client = transport.open(service.port(), "/websocket");
				CompletableFuture<Void> echoed = new CompletableFuture<>();
				echoing.add(echoed);
				closed.add(CompletableFuture.supplyAsync(() -> echoUntilClosed(client, echoed), threads));
			}
			CompletableFuture.allOf(echoing.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
			assertThat(service.stop()).isEqualTo(143);
			for (CompletableFuture<String> close : closed) {
				assertThat(close.get(20, TimeUnit.SECONDS)).startsWith("88:03e9");
			}
			assertThat(service.log()).anyMatch((line) -> line.contains("Closed " + CLIENTS + " sessions, 0 of them"))
				.noneMatch((line) -> line.contains("ERROR"));
		}
		finally {
			threads.shutdownNow();
		}
	}

	// one message at a time: what is sent before the Close comes either comes back or has
	// not been read
	private static String echoUntilClosed(RawSocket client, CompletableFuture<Void> echoed) {
		try (client) {
			for (int i = 0;; i++) {
				client.sendFrame(0x82, new byte[] { (byte) i });
				String answer = client.readFrame();
				if (answer.startsWith("88:")) {
					client.sendFrame(0x88, new byte[] { 3, (byte) 0xe9 });
					assertThat(client.readFrame()).isEqualTo(RawSocket.EOF);
					return answer;
				}
				assertThat(answer).isEqualTo("82:%02x".formatted(i & 0xff));
				echoed.complete(null);
			}
		}
		catch (Exception ex) {
			echoed.completeExceptionally(ex);
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientThatDoesNotAnswerDoesNotHoldTheStop(Transport transport) throws Exception {
		try (ServiceProcess service = ServiceProcess.start("-Dwsecho.drain.window=0");
				RawSocket client = transport.open(service.port(), "/websocket")) {
			assertThat(client.sendFrame(0x81, new byte[] { 'a' }).readFrame()).isEqualTo("81:61");
			assertThat(service.stop()).isEqualTo(143);
			assertThat(service.log()).anyMatch((line) -> line.contains("Closed 1 sessions, 1 of them"));
		}
	}

}
