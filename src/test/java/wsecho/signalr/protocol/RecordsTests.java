package wsecho.signalr.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How the bytes come does not matter. */
class RecordsTests {

	private static final byte[] THREE = "{}\u001e{\"type\":6}\u001e{\"type\":7}\u001e".getBytes(StandardCharsets.UTF_8);

	private final Records records = new Records(32);

	@Test
	void recordsAreFoundWhereverTheBytesAreSplit() throws Exception {
		for (int first = 0; first <= THREE.length; first++) {
			for (int second = first; second <= THREE.length; second++) {
				List<String> found = new ArrayList<>();
				for (byte[] piece : List.of(Arrays.copyOf(THREE, first), Arrays.copyOfRange(THREE, first, second),
						Arrays.copyOfRange(THREE, second, THREE.length))) {
					this.records.feed(piece);
					found.addAll(takeAll());
				}
				assertThat(found).containsExactly("{}", "{\"type\":6}", "{\"type\":7}");
				assertThat(this.records.held()).isZero();
			}
		}
	}

	@Test
	void recordAtTheLimitIsTakenAndALongerOneIsNot() throws Exception {
		this.records.feed(("a".repeat(31) + "\u001e").getBytes(StandardCharsets.UTF_8));
		assertThat(takeAll()).containsExactly("a".repeat(31));
		this.records.feed(("b".repeat(32) + "\u001e").getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(this.records::next)
			.withMessageContaining("The maximum message size of 32B was exceeded.");
	}

	@Test
	void recordThatDoesNotEndIsTooLongAtTheLimit() throws Exception {
		this.records.feed("a".repeat(32).getBytes(StandardCharsets.UTF_8));
		assertThat(this.records.next()).isNull();
		this.records.feed(new byte[] { 'a' });
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(this.records::next);
	}

	private List<String> takeAll() throws Exception {
		List<String> found = new ArrayList<>();
		for (byte[] record = this.records.next(); record != null; record = this.records.next()) {
			found.add(new String(record, StandardCharsets.UTF_8));
		}
		return found;
	}

}
