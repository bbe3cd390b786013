package wsecho.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy that is wrong in a way that no packaged one can be set to. */
final class Relay implements Hop {

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final int server;

	private final Fault fault;

	private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();

	// what passes is a function without state
	@SuppressWarnings("ImmutableEnumChecker")
	enum Fault {

		/** Sends on what the server has sent each 400 ms only. */
		GATHERS(Passing::all, Passing::gathered),

		/**
		 * Ends a session with a frame of more than 65,535 bytes: 1009 to one side, 1001
		 * to the other.
		 */
		CUTS_LARGE_FRAMES((in, out, back) -> PassingFrames.limited(65_535, in, out, back), Passing::all),

		/** Ends a session with a frame of more than 40,000 bytes in the same way. */
		CUTS_FRAMES_OVER_40000((in, out, back) -> PassingFrames.limited(40_000, in, out, back), Passing::all),

		/** Ends a session with a message of the server of more than 70,000 bytes. */
		CUTS_LARGE_PUSHES(Passing::all, PassingFrames::limitedDown),

		/** Makes a Close 1000 of the end of the server's connection. */
		MAKES_CLOSES(Passing::all, Passing::allAndClose),

		/** Never tells the client that the server has ended. */
		HOLDS_ENDS_BACK(Passing::all, Passing::allForEver),

		/** Removes Upgrade from the 101. */
		CHANGES_ANSWERS(Passing::all, (in, out, back) -> Passing.without("upgrade", in, out)),

		/** Answers handshakes by itself, with 401 and a problem document. */
		REFUSES(Passing::refuse, Passing::all),

		/** Passes a 101 on, and nothing after it. */
		STOPS_FRAMES(Passing::all, Passing::answerAlone),

		/**
		 * After a while ends a session's connection to the client, and not the server's.
		 */
		CUTS_THE_CLIENT(Passing::allForEver, PassingFrames::forAWhile),

		/** After a while passes nothing more, and ends nothing. */
		GOES_DEAD(PassingFrames::forAWhileThenNothing, PassingFrames::forAWhileThenNothing),

		/** After a while sends a Close 1001 to both sides, each in the other's name. */
		CLOSES_BOTH(PassingFrames::forAWhileThenMaskedClose, PassingFrames::forAWhileThenClose),

		/** Passes no ping on. */
		SWALLOWS_PINGS(Passing::all, (in, out, back) -> PassingFrames.without(9, in, out)),

		/** Passes no ping of a SignalR hub on. */
		SWALLOWS_HUB_PINGS(Passing::all, Passing::withoutHubPings),

		/** Passes each ping of a SignalR hub on 3 s late. */
		HOLDS_HUB_PINGS(Passing::all, Passing::withLateHubPings),

		/** Passes no Close of the server on. */
		SWALLOWS_CLOSES(Passing::all, (in, out, back) -> PassingFrames.without(8, in, out)),

		/** Sets a reserved bit in what the client sends. */
		CHANGES_FRAMES((in, out, back) -> PassingFrames.changed((first) -> first | 0x20, in, out), Passing::all),

		/** Removes from frames of the client that they are compressed. */
		CLEARS_RSV1((in, out, back) -> PassingFrames.changed((first) -> first & ~0x40, in, out), Passing::all),

		/** Removes the offer of extensions. */
		REMOVES_EXTENSIONS((in, out, back) -> Passing.without("sec-websocket-extensions", in, out), Passing::all),

		/** Removes the agreed extensions. */
		REMOVES_AGREED_EXTENSIONS(Passing::all,
				(in, out, back) -> Passing.without("sec-websocket-extensions", in, out)),

		/** Does not pass the 100th frame of a client on. */
		LOSES_A_FRAME((in, out, back) -> PassingFrames.counted(PassingFrames::lose, in, out), Passing::all),

		/** Passes the 100th frame of a client on after the 101st. */
		SWAPS_FRAMES((in, out, back) -> PassingFrames.counted(PassingFrames::swap, in, out), Passing::all),

		/** Passes the fragments of a client on as one frame. */
		JOINS_FRAGMENTS((in, out, back) -> PassingFrames.joined(in, out), Passing::all),

		/** Sends on what the client has sent each 400 ms only. */
		GATHERS_UP(Passing::gathered, Passing::all),

		/** Passes 80 KiB a second of what the server sends. */
		IS_SLOW(Passing::all, Passing::slowly),

		/** Never tells the server that the client has ended. */
		HOLDS_CLIENTS_ENDS_BACK(Passing::allForEver, Passing::all),

		/** Makes 502 of 503. */
		CHANGES_STATUS(Passing::all, Passing::otherStatus);

		private final Passing up;

		private final Passing down;

		Fault(Passing up, Passing down) {
			this.up = up;
			this.down = down;
		}

	}

	Relay(int server, Fault fault) throws IOException {
		this.server = server;
		this.fault = fault;
		start(this::accept);
	}

	@Override
	public int port() {
		return this.listener.getLocalPort();
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException | InterruptedException ex) {
				// one of the connections has ended
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.server);
			this.connections.addAll(List.of(client, upstream));
			client.setTcpNoDelay(true);
			upstream.setTcpNoDelay(true);
			start(() -> pass(this.fault.up, client, upstream));
			start(() -> pass(this.fault.down, upstream, client));
		}
	}

	private static void pass(Passing passing, Socket from, Socket to) throws IOException, InterruptedException {
		try (to) {
			passing.pass(from.getInputStream(), to.getOutputStream(), from.getOutputStream());
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket connection : this.connections) {
			connection.close();
		}
	}

	/** What may fail when a connection ends. */
	private interface Task {

		void run() throws IOException, InterruptedException;

	}

}
