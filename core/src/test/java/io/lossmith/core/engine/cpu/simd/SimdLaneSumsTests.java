package io.lossmith.core.engine.cpu.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SimdLaneSumsTests {
  private static final int LANES = SimdWindowLoops.SPECIES.length();

  /** On any Java: where it is not used, it is right all the same. */
  @Test
  void sixteenAtATimeHaveTheBitsOfOne() {
    assumeThat(LANES).isEqualTo(16);
    Random random = new Random(5);
    for (int step = LANES; step < 3 * LANES; step += 7) {
      float[] x = new float[3 + 16 * step];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextGaussian();
      }
      float[] out = new float[18];
      SimdLaneSums.sixteen(x, 3, step, out, 1);
      for (int i = 0; i < 16; i++) {
        assertThat(out[1 + i]).isEqualTo(SimdLaneSums.one(x, 3 + i * step));
      }
      assertThat(out[0]).isZero();
      assertThat(out[17]).isZero();
    }
  }
}
