package wsecho.signalr;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import wsecho.fixture.HttpExchange;
import wsecho.fixture.RawSocket;
import wsecho.fixture.Transport;

/**
 * A client of the hub that sends just the records it is told to, and sees all that come.
 */
abstract class HubClient implements Closeable {

	static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}";

	final Transport transport;

	final int port;

	final String target;

	private final Deque<String> records = new ArrayDeque<>();

	private HubClient(Transport transport, int port, String target) {
		this.transport = transport;
		this.port = port;
		this.target = target;
	}

	/** What carries a connection. */
	enum Carrier {

		WEBSOCKETS, EVENTS, POLLING

	}

	/** Negotiates and connects. */
	static HubClient connect(Carrier carrier, int port, String query) throws Exception {
		return connectWith(carrier, port, query, negotiate(port, query).get("connectionToken").stringValue());
	}

	/** Connects with a token. */
	static HubClient connectWith(Carrier carrier, int port, String query, String token) throws Exception {
		return connectWith(Transport.HTTP_1_1, carrier, port, query, token);
	}

	private static HubClient connectWith(Transport transport, Carrier carrier, int port, String query, String token)
			throws Exception {
		String target = "/signalr?id=" + token + (query.isEmpty() ? "" : "&" + query);
		return switch (carrier) {
			case WEBSOCKETS -> new Socket(transport, port, target);
			case EVENTS -> new Events(transport, port, target);
			case POLLING -> new Polls(transport, port, target);
		};
	}

	/** Negotiates, connects and shakes hands. */
	static HubClient open(Carrier carrier, int port, String query) throws Exception {
		return open(Transport.HTTP_1_1, carrier, port, query);
	}

	/** The same over either version of HTTP. */
	static HubClient open(Transport transport, Carrier carrier, int port, String query) throws Exception {
		String token = negotiate(port, query).get("connectionToken").stringValue();
		HubClient client = connectWith(transport, carrier, port, query, token).send(HANDSHAKE);
		String response = client.next();
		if (!response.equals("{}")) {
			throw new IOException(response);
		}
		return client;
	}

	static JsonNode negotiate(int port, String query) throws Exception {
		try (HttpExchange client = request(port, "POST",
				"/signalr/negotiate?negotiateVersion=1" + (query.isEmpty() ? "" : "&" + query))) {
			return JsonMapper.shared().readTree(client.readBody());
		}
	}

	/** A request without a body, and the header of its response. */
	static HttpExchange request(int port, String method, String target, String... fields) throws Exception {
		return request(Transport.HTTP_1_1, port, method, target, fields);
	}

	/** The same over either version of HTTP. */
	static HttpExchange request(Transport transport, int port, String method, String target, String... fields)
			throws Exception {
		HttpExchange client = HttpExchange.begin(transport, port, method, target, fields);
		return (method.equals("POST") ? client.endRequest() : client).awaitHead();
	}

	/** Sends records, in one message or body. */
	HubClient send(String... sent) throws Exception {
		return sendBytes((String.join("\u001e", sent) + "\u001e").getBytes(StandardCharsets.UTF_8));
	}

	abstract HubClient sendBytes(byte[] bytes) throws Exception;

	/** The next record, without its separator. */
	String next() throws Exception {
		while (this.records.isEmpty()) {
			String batch = receive();
			if (batch == null) {
				return "over";
			}
			this.records.addAll(List.of(batch.split("\u001e")));
		}
		return this.records.remove();
	}

	/** All that come until the connection is over. */
	List<String> rest() throws Exception {
		Stream.Builder<String> rest = Stream.builder();
		for (String next = next(); !next.equals("over"); next = next()) {
			rest.add(next);
		}
		return rest.build().toList();
	}

	/** Calls a target, and waits for the answer. */
	JsonNode call(String name, String arguments) throws Exception {
		send("{\"type\":1,\"invocationId\":\"c\",\"target\":\"%s\",\"arguments\":[%s]}".formatted(name, arguments));
		return JsonMapper.shared().readTree(next());
	}

	/** What has come in one go; null if the connection is over. */
	abstract @Nullable String receive() throws Exception;

	/** Has a poll wait for what comes next; the others need none. */
	void waitForNext() throws Exception {
	}

	void post(byte[] bytes) throws Exception {
		try (HttpExchange client = HttpExchange.begin(this.transport, this.port, "POST", this.target)) {
			client.send(bytes).endRequest().awaitHead();
			if (client.status() != 200 || !client.readBody().isEmpty()) {
				throw new IOException("status " + client.status());
			}
		}
	}

	private static final class Socket extends HubClient {

		private final RawSocket socket;

		private Socket(Transport transport, int port, String target) throws Exception {
			super(transport, port, target);
			this.socket = transport.open(port, target);
		}

		@Override
		HubClient sendBytes(byte[] bytes) throws IOException {
			this.socket.sendFrame(0x81, bytes);
			return this;
		}

		@Override
		@Nullable String receive() throws Exception {
			int first = this.socket.readFirst();
			if (first == 0x81) {
				return new String(this.socket.readPayload(), StandardCharsets.UTF_8);
			}
			if (first == 0x88) {
				this.socket.sendFrame(0x88, this.socket.readPayload()).close();
				return null;
			}
			throw new IOException("frame " + first);
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	private static final class Events extends HubClient {

		private final HttpExchange stream;

		private Events(Transport transport, int port, String target) throws Exception {
			super(transport, port, target);
			this.stream = request(transport, port, "GET", target, "Accept: text/event-stream");
			if (this.stream.status() != 200 || !this.stream.readLine().equals(":")) {
				throw new IOException("status " + this.stream.status());
			}
		}

		@Override
		HubClient sendBytes(byte[] bytes) throws Exception {
			post(bytes);
			return this;
		}

		@Override
		@Nullable String receive() throws Exception {
			String data = null;
			while (true) {
				String line;
				try {
					line = this.stream.readLine();
				}
				catch (EOFException ex) {
					return null;
				}
				if (line.startsWith("data: ")) {
					data = (data != null) ? data + "\n" + line.substring(6) : line.substring(6);
				}
				else if (line.isEmpty() && data != null) {
					return data;
				}
			}
		}

		@Override
		public void close() throws IOException {
			this.stream.close();
		}

	}

	private static final class Polls extends HubClient {

		private @Nullable HttpExchange waiting;

		private Polls(Transport transport, int port, String target) throws Exception {
			super(transport, port, target);
			try (HttpExchange first = request(transport, port, "GET", target)) {
				if (first.status() != 200 || !first.readBody().isEmpty()) {
					throw new IOException("status " + first.status());
				}
			}
		}

		@Override
		HubClient sendBytes(byte[] bytes) throws Exception {
			post(bytes);
			return this;
		}

		@Override
		void waitForNext() throws Exception {
			if (this.waiting == null) {
				this.waiting = HttpExchange.begin(this.transport, this.port, "GET", this.target);
			}
		}

		@Override
		@Nullable String receive() throws Exception {
			while (true) {
				waitForNext();
				HttpExchange begun = Objects.requireNonNull(this.waiting);
				this.waiting = null;
				try (HttpExchange poll = begun.awaitHead()) {
					if (poll.status() == 204) {
						return null;
					}
					if (poll.status() != 200) {
						throw new IOException("status " + poll.status());
					}
					String batch = poll.readBody();
					if (!batch.isEmpty()) {
						return batch;
					}
				}
			}
		}

		@Override
		public void close() throws IOException {
			if (this.waiting != null) {
				this.waiting.close();
			}
			try {
				request(this.transport, this.port, "DELETE", this.target).close();
			}
			catch (Exception ex) {
				throw new IOException(ex);
			}
		}

	}

}
