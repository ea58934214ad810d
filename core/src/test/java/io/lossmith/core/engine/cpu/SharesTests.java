package io.lossmith.core.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each worker begins with a stretch of its own; all tasks are taken, once. */
class SharesTests {
  private static List<Integer> taken(Shares shares, int worker) {
    List<Integer> taken = new ArrayList<>();
    for (int task = shares.take(worker); task != Shares.NONE; task = shares.take(worker)) {
      taken.add(task);
    }
    return taken;
  }

  @Test
  void aWorkerBeginsWithItsOwnAndGoesOnWithTheNext() {
    Shares shares = new Shares(3);
    for (int run = 0; run < 2; run++) {
      shares.lay(7);
      assertThat(shares.take(0)).isZero();
      assertThat(taken(shares, 1)).containsExactly(2, 3, 4, 5, 6, 1);
    }
  }

  @Test
  void fewerTasksThanWorkersAreAllTaken() {
    for (int count = 0; count < 9; count++) {
      Shares shares = new Shares(7);
      shares.lay(count);
      assertThat(taken(shares, 6))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
    }
  }

  @Test
  void whatIsDroppedIsTakenByNobody() {
    Shares shares = new Shares(2);
    shares.lay(10);
    assertThat(shares.take(1)).isEqualTo(5);
    shares.drop();
    assertThat(taken(shares, 0)).isEmpty();
    assertThat(taken(shares, 1)).isEmpty();
  }
}
