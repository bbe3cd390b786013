package wsecho.check.client;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map.Entry;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import org.jspecify.annotations.Nullable;
import wsecho.check.table.Facts;

/** Makes connections to the server, each for one request or one session. */
public final class Client implements AutoCloseable {

	static final String NAME = "wsecho-check";

	private final EventLoopGroup group;

	private final Route route;

	private final Secrets secrets;

	private final Ledger ledger;

	public Client(Route route) {
		this(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()), route, new Ledger());
	}

	private Client(EventLoopGroup group, Route route, Ledger ledger) {
		this.group = group;
		this.route = route;
		this.ledger = ledger;
		this.secrets = Secrets.of(route);
	}

	public static Entry<String, String> field(String name, String value) {
		return Map.entry(name, value);
	}

	public Target target() {
		return this.route.target();
	}

	public Route route() {
		return this.route;
	}

	/** What is to be in no output. */
	public Secrets secrets() {
		return this.secrets;
	}

	/** The same over HTTP/2. */
	public Client overHttp2() {
		return new Client(this.group, this.route.overHttp2(), this.ledger);
	}

	/** The same to one address of the server's. */
	public Client at(InetAddress address) {
		return new Client(this.group, this.route.at(address), this.ledger);
	}

	/** What it asks the server. */
	public Ledger ledger() {
		return this.ledger;
	}

	/**
	 * Asks the server what it saw.
	 * @param path of the question
	 * @throws Ledger.Silence if there is no answer in time
	 * @throws IOException if there is none for another reason
	 */
	public Answer ask(String path) throws IOException, InterruptedException {
		return this.ledger.ask(this, path);
	}

	/**
	 * Sends a request on a connection of its own, and waits for the response.
	 * @param request the request
	 * @param session what a handshake opens, or null
	 * @param within how long it may take once connected
	 * @return the response
	 * @throws IOException if there is none, with why
	 */
	public Answer exchange(Request request, @Nullable Session session, Duration within)
			throws IOException, InterruptedException {
		Connector connector = new Connector(this.group, this.route);
		if (this.route.http2()) {
			return new Http2Exchange(connector, session).exchange(request, within);
		}
		IncomingAnswer answer = new IncomingAnswer(1);
		Connection connection = connector
			.connect((pipeline) -> pipeline.addLast(new HttpClientCodec(), new ResponseHandler(answer, session)));
		Channel channel = connection.channel();
		boolean open = false;
		try {
			channel.writeAndFlush(request.message());
			Answer received = answer.await(within).on(connection);
			open = received.opens() && session != null;
			return received;
		}
		catch (IOException ex) {
			throw new ConnectionException(String.valueOf(ex.getMessage()), connection.facts(), ex);
		}
		finally {
			if (!open) {
				channel.close();
			}
		}
	}

	/**
	 * Sends a request on a connection of its own, whose response is told as it comes.
	 * @param request the request
	 * @param body its body; null if it follows in pieces
	 * @param within how long it may take until it is sent, once connected
	 * @throws ConnectionException if there is no connection, with why
	 */
	public Transfer transfer(Request request, byte @Nullable [] body, Duration within)
			throws ConnectionException, InterruptedException {
		HttpObject message = (body != null) ? request.message(Unpooled.wrappedBuffer(body)) : request.beginning();
		Connector connector = new Connector(this.group, this.route);
		Transfer transfer = new Transfer();
		if (this.route.http2()) {
			new Http2Exchange(connector, null).transfer(transfer, message, within);
			return transfer;
		}
		Connection connection = connector.connect((pipeline) -> {
			pipeline.addLast(new HttpClientCodec());
			TransferHandler.addTo(pipeline, transfer, 1);
		});
		transfer.start(connection.channel(), message);
		return transfer;
	}

	/**
	 * Connects, and ends the connection again; twice, since the first pays for all that
	 * the JVM loads.
	 * @return what is known of the second
	 * @throws ConnectionException if that fails, with why
	 */
	public Facts probe() throws ConnectionException, InterruptedException {
		connectOnce();
		return connectOnce();
	}

	private Facts connectOnce() throws ConnectionException, InterruptedException {
		Connection connection = new Connector(this.group, this.route).connect((pipeline) -> {
		});
		connection.channel().close();
		return connection.facts();
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
