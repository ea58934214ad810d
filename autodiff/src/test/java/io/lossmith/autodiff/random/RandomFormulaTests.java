package io.lossmith.autodiff.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Random formulas on the CPU engine, with and without SIMD, judged by the reference. */
class RandomFormulaTests {
  private static final int FIXED = 3000;
  private static final int CHANGING = 1000;
  private static final int SHARED = 1000;

  @Test
  void anyFormulaIsAsTheReferenceComputesIt() {
    RandomFormulas.check(0, FIXED, RandomFormulas.cpu());
  }

  @Test
  void anyFormulaOfTodayIsToo() {
    RandomFormulas.check(RandomFormulas.changingSeed(), CHANGING, RandomFormulas.cpu());
  }

  @Test
  void workersComputeTogetherWhatOneDoes() {
    RandomFormulas.check(0, SHARED, List.of(Contender.WORKERS));
    assertThat(Contender.WORKERS_OF_CPU.shared()).isGreaterThan(SHARED / 2);
  }
}
