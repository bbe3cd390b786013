package wsecho.signalr;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a token may be used, and that it is used once. */
class SpentTokensTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/** How many are remembered. */
	private static final int MOST = 10_000;

	/** The clock may begin anywhere, and overflow. */
	private long nanos = Long.MAX_VALUE - 5 * SECOND;

	private final SpentTokens spent = new SpentTokens(() -> this.nanos);

	@Test
	void tokenIsTakenForFifteenSeconds() {
		ConnectionToken token = token(1);
		this.nanos += 15 * SECOND;
		assertThat(this.spent.isTooOld(token)).isFalse();
		this.nanos++;
		assertThat(this.spent.isTooOld(token)).isTrue();
		assertThat(this.spent.isSpent(token)).isFalse();
	}

	@Test
	void spentOneIsRememberedAsLongAsItCouldBeTaken() {
		ConnectionToken token = token(1);
		this.spent.add(token);
		this.nanos += 15 * SECOND;
		this.spent.add(token(2));
		assertThat(this.spent.isSpent(token)).isTrue();
		this.nanos++;
		this.spent.add(token(3));
		assertThat(this.spent.isSpent(token)).isFalse();
		assertThat(this.spent.isTooOld(token)).isTrue();
	}

	@Test
	void oneThatIsTooOldAnywayIsNotKept() {
		ConnectionToken token = token(1);
		this.nanos += 16 * SECOND;
		this.spent.add(token);
		assertThat(this.spent.isSpent(token)).isFalse();
	}

	@Test
	void moreThanAreKeptMakeUnusedOnesOfTheirAgeTooOld() {
		ConnectionToken first = token(0);
		ConnectionToken unused = token(1);
		this.nanos++;
		ConnectionToken later = token(2);
		this.spent.add(first);
		for (int i = 0; i < MOST - 1; i++) {
			this.nanos++;
			this.spent.add(token(3 + i));
		}
		assertThat(this.spent.isSpent(first)).isTrue();
		assertThat(this.spent.isTooOld(unused)).isFalse();
		this.nanos++;
		this.spent.add(token(3 + MOST));
		assertThat(this.spent.isSpent(first)).isFalse();
		assertThat(this.spent.isTooOld(first)).isTrue();
		assertThat(this.spent.isTooOld(unused)).isTrue();
		assertThat(this.spent.isTooOld(later)).isFalse();
	}

	private ConnectionToken token(int number) {
		return new ConnectionToken("%040x".formatted(number), this.nanos, new NegotiationFacts(0, 1, 11, -1, -1, 2),
				"pod");
	}

}
