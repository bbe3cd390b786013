package wsecho.signalr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.microsoft.signalr.HttpHubConnectionBuilder;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import com.microsoft.signalr.HubConnectionState;
import com.microsoft.signalr.TransportEnum;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import okhttp3.ConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import wsecho.fixture.RunningService;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Microsoft's own client for Java at the hub, over every transport that it has. */
@RunningService
@TestPropertySource(properties = "logging.level.com.microsoft.signalr=off")
class JavaClientTests {

	private static final long PATIENCE = 10;

	private static final String TOKEN = "a token that nobody else may see";

	@LocalServerPort
	private int port;

	private final List<HubConnection> connections = new ArrayList<>();

	@AfterEach
	void stop() {
		assertThat(this.connections)
			.allMatch((connection) -> connection.stop().blockingAwait(PATIENCE, TimeUnit.SECONDS));
	}

	@ParameterizedTest
	@EnumSource
	void valuesComeBack(Way way) {
		HubConnection connection = open(way, "");
		List<?> values = List.of("", "\u20ac\ud83d\ude80", "\u001e\u0000\"\\", "x".repeat(5000), true, -1.5, List.of(),
				Map.of("a", List.of(Map.of("b", 1.0))));
		for (Object value : values) {
			assertThat(call(connection, Object.class, "Echo", value)).as("%s", value).isEqualTo(value);
		}
		assertThat(call(connection, Long.class, "Echo", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
	}

	@ParameterizedTest
	@EnumSource
	void connectionIdIsThatOfTheReport(Way way) {
		HubConnection connection = open(way, "?transports=" + way.offered);
		Map<?, ?> report = report(connection);
		assertThat(report.get("transport")).isEqualTo(way.transport);
		assertThat(connection.getConnectionId()).isEqualTo(way.skips ? null : report.get("connectionId"));
	}

	@ParameterizedTest
	@EnumSource
	void failureIsToldInWords(Way way) {
		HubConnection connection = open(way, "");
		assertThatThrownBy(() -> call(connection, String.class, "Nobody"))
			.hasMessageContaining("Unknown hub method 'Nobody'");
		assertThatThrownBy(() -> call(connection, String.class, "Fail", "on purpose"))
			.hasMessageContaining("on purpose");
		assertThat(call(connection, String.class, "Echo", "afterwards")).isEqualTo("afterwards");
	}

	@ParameterizedTest
	@EnumSource
	void callWithoutIdIsNotAnswered(Way way) throws Exception {
		HubConnection connection = open(way, "");
		BlockingQueue<String> called = new LinkedBlockingQueue<>();
		connection.on("Echo", called::add, String.class);
		connection.send("Nobody");
		connection.send("Send", "heard");
		assertThat(called.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("heard");
		assertThat(call(connection, String.class, "Echo", "afterwards")).isEqualTo("afterwards");
	}

	// over long polling this client has several posts under way at once
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "LONG_POLLING")
	void callbacksComeInOrder(Way way) throws Exception {
		HubConnection connection = open(way, "");
		BlockingQueue<Integer> called = new LinkedBlockingQueue<>();
		connection.on("Echo", called::add, Integer.class);
		List<Integer> numbers = IntStream.range(0, 50).boxed().toList();
		numbers.forEach((number) -> connection.send("Send", number));
		for (Integer number : numbers) {
			assertThat(called.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(number);
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientIsAsked(Way way) {
		HubConnection connection = open(way, "");
		connection.onWithResult("Ask", (value) -> Single.just(value + "!"), String.class);
		assertThat(call(connection, String.class, "Ask", "what")).isEqualTo("what!");
	}

	@ParameterizedTest
	@EnumSource
	void numbersAreStreamed(Way way) {
		HubConnection connection = open(way, "");
		assertThat(connection.stream(Integer.class, "Count", 5, 1)
			.timeout(PATIENCE, TimeUnit.SECONDS)
			.toList()
			.blockingGet()).containsExactly(1, 2, 3, 4, 5);
	}

	@ParameterizedTest
	@EnumSource
	void streamIsCancelled(Way way) {
		HubConnection connection = open(way, "");
		assertThat(connection.stream(Integer.class, "Count", 1000, 100)
			.take(3)
			.timeout(PATIENCE, TimeUnit.SECONDS)
			.toList()
			.blockingGet()).containsExactly(1, 2, 3);
		assertThat(call(connection, String.class, "Echo", "afterwards")).isEqualTo("afterwards");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "LONG_POLLING")
	void uploadIsCounted(Way way) {
		HubConnection connection = open(way, "");
		Map<?, ?> counted = call(connection, Map.class, "Upload", Observable.just("a", "b", "c"));
		assertThat(counted.get("items")).isEqualTo(3.0);
	}

	@ParameterizedTest
	@EnumSource
	void tokenIsOnlyALength(Way way) {
		HubConnection connection = open(way, "", TOKEN);
		String report = report(connection).toString();
		assertThat(report).doesNotContain(TOKEN);
		assertThat(report).contains("name=Authorization, length=" + "Bearer ".concat(TOKEN).length() + ".0");
	}

	@ParameterizedTest
	@EnumSource
	void closeHasItsReason(Way way) throws Exception {
		HubConnection connection = open(way, "");
		CompletableFuture<@Nullable Exception> closed = new CompletableFuture<>();
		connection.onClosed(closed::complete);
		connection.send("Close", "on purpose", false);
		assertThat(closed.get(PATIENCE, TimeUnit.SECONDS)).hasMessageContaining("on purpose");
		assertThat(connection.getConnectionState()).isEqualTo(HubConnectionState.DISCONNECTED);
	}

	// as long as it takes to see that nothing happens
	@ParameterizedTest
	@EnumSource(names = { "WEBSOCKETS", "LONG_POLLING" })
	void signsOfLifeKeepItOpen(Way way) throws Exception {
		HubConnection connection = open(way, "?keep-alive=500ms&poll=500ms");
		connection.setServerTimeout(2500);
		CompletableFuture<String> ended = new CompletableFuture<>();
		connection.onClosed((error) -> ended.complete("closed: " + error));
		assertThat(ended.completeOnTimeout("open", 4, TimeUnit.SECONDS).get()).isEqualTo("open");
		assertThat(call(connection, String.class, "Echo", "afterwards")).isEqualTo("afterwards");
	}

	private HubConnection open(Way way, String query, String... token) {
		HttpHubConnectionBuilder builder = HubConnectionBuilder
			.create("http://127.0.0.1:" + this.port + "/signalr" + query)
			.withTransport(way.asked)
			.shouldSkipNegotiate(way.skips);
		// no connection stays open after the test
		builder.setHttpClientBuilderCallback(
				(client) -> client.connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS)));
		Stream.of(token).forEach((each) -> builder.withAccessTokenProvider(Single.just(each)));
		HubConnection connection = builder.build();
		this.connections.add(connection);
		assertThat(connection.start().blockingAwait(PATIENCE, TimeUnit.SECONDS)).isTrue();
		return connection;
	}

	private static Map<?, ?> report(HubConnection connection) {
		return call(connection, Map.class, "Report");
	}

	private static <T> T call(HubConnection connection, Class<T> type, String target, Object... arguments) {
		return connection.invoke(type, target, arguments).timeout(PATIENCE, TimeUnit.SECONDS).blockingGet();
	}

	/** How the client connects. */
	enum Way {

		WEBSOCKETS(TransportEnum.WEBSOCKETS, false, "WebSockets,ServerSentEvents,LongPolling", "WebSockets"),
		WEBSOCKETS_WITHOUT_NEGOTIATION(TransportEnum.WEBSOCKETS, true, "WebSockets", "WebSockets"),
		LONG_POLLING(TransportEnum.LONG_POLLING, false, "WebSockets,LongPolling", "LongPolling"),
		/** Takes what is offered. */
		ANY(TransportEnum.ALL, false, "LongPolling", "LongPolling");

		private final TransportEnum asked;

		private final boolean skips;

		private final String offered;

		private final String transport;

		Way(TransportEnum asked, boolean skips, String offered, String transport) {
			this.asked = asked;
			this.skips = skips;
			this.offered = offered;
			this.transport = transport;
		}

	}

}
