package io.lossmith.opencl;

import io.lossmith.autodiff.random.RandomFormulas;
import io.lossmith.core.engine.NeedsDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random formulas as users compose them, with their gradients, judged by the reference. */
@NeedsDevice
class OpenClRandomFormulaTests {
  private static final int FIXED = 30;
  private static final int CHANGING = 10;

  @Test
  void anyFormulaIsAsTheReferenceComputesIt() {
    RandomFormulas.check(0, FIXED, List.of("opencl"));
  }

  @Test
  void anyFormulaOfTodayIsToo() {
    RandomFormulas.check(RandomFormulas.changingSeed(), CHANGING, List.of("opencl"));
  }
}
