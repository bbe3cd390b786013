package wsecho.memory;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** What may be drawn, by whom, and how much that is by default. */
class MemoryBudgetTests {

	private final MemoryBudget budget = new MemoryBudget(100);

	@Test
	void newcomersLeaveAQuarterToThoseWhoAreThere() {
		assertThat(this.budget.tryDraw(75)).isTrue();
		assertThat(this.budget.tryDraw(1)).isFalse();
		assertThat(this.budget.used()).isEqualTo(75);
		assertThat(this.budget.isTight()).isFalse();
		this.budget.draw(1);
		assertThat(this.budget.isTight()).isTrue();
		assertThat(this.budget.excess()).isEqualTo(1);
	}

	@Test
	void reliefIsCalledForWhenAllIsDrawn() {
		AtomicInteger called = new AtomicInteger();
		this.budget.whenExhausted(called::incrementAndGet);
		this.budget.draw(99);
		assertThat(called).hasValue(0);
		this.budget.draw(1);
		assertThat(called).hasValue(1);
		assertThat(this.budget.isExhausted()).isTrue();
		this.budget.giveBack(100);
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void shareGivesAllBackOnceItHasEnded() {
		Share share = new Share(this.budget);
		share.set(30);
		share.add(-10);
		assertThat(this.budget.used()).isEqualTo(20);
		share.end();
		share.add(-20);
		share.set(5);
		share.end();
		assertThat(this.budget.used()).isZero();
		assertThat(share.bytes()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "32, 8", "48, 16", "77, 35", "96, 48", "256, 154", "1024, 666" })
	void defaultIsWhatTheHeapHasForClients(long heap, long budget) {
		long bytes = MemoryLimits.ofHeap(DataSize.ofMegabytes(heap).toBytes());
		assertThat(DataSize.ofBytes(bytes).toMegabytes()).isEqualTo(budget);
	}

}
