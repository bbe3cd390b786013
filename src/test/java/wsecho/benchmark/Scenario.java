package wsecho.benchmark;

import java.util.List;

import wsecho.benchmark.Frames.Content;

/**
 * What the clients do.
 *
 * @param connections how many they are
 * @param depth how many messages each keeps under way
 * @param size of a message in bytes
 * @param content of the messages
 */
record Scenario(int connections, int depth, int size, Content content) {

	static final List<Scenario> ALL = List.of(new Scenario(100, 1, 64, Content.BINARY),
			new Scenario(1000, 1, 64, Content.BINARY), new Scenario(100, 16, 64, Content.BINARY),
			new Scenario(100, 1, 60_000, Content.BINARY), new Scenario(20, 1, 1 << 20, Content.BINARY),
			new Scenario(100, 16, 64, Content.ASCII), new Scenario(100, 16, 1024, Content.ASCII),
			new Scenario(100, 16, 64, Content.GREEK), new Scenario(100, 16, 1024, Content.GREEK));

	Frames frames() {
		return Frames.of(this.content, this.size, this.depth);
	}

	boolean isText() {
		return this.content != Content.BINARY;
	}

	@Override
	public String toString() {
		String what = switch (this.content) {
			case BINARY -> "binary";
			case ASCII -> "text";
			case GREEK -> "text, Greek";
		};
		return "%d B %s, depth %d, %d connections".formatted(this.size, what, this.depth, this.connections);
	}

}
