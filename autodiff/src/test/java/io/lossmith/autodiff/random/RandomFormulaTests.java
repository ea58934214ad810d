package io.lossmith.autodiff.random;

import org.junit.jupiter.api.Test;

/** Random formulas on the CPU engine, with and without SIMD, judged by the reference. */
class RandomFormulaTests {
  private static final int FIXED = 3000;
  private static final int CHANGING = 1000;

  @Test
  void anyFormulaIsAsTheReferenceComputesIt() {
    RandomFormulas.check(0, FIXED, RandomFormulas.cpu());
  }

  @Test
  void anyFormulaOfTodayIsToo() {
    RandomFormulas.check(RandomFormulas.changingSeed(), CHANGING, RandomFormulas.cpu());
  }
}
