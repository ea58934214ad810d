package io.lossmith.core.engine.cpu.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.op.Fold;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassSumsTests {
  private static final int AT = 3;

  @Test
  void haveTheBitsOfTheFoldThatInstructionsTake() {
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      float[] scratch = new float[AT + PassSums.SIZE];
      for (int j = AT; j < scratch.length; j++) {
        scratch[j] = (float) (random.nextGaussian() * Math.exp(4 * random.nextGaussian()));
      }
      float want = SimdFolds.fold(Fold.SUM, scratch, AT, PassSums.SIZE);
      assertThat(PassSums.of(scratch, AT)).isEqualTo(want);
    }
  }

  @Test
  void beginAtNothingAndLeaveTheirNeighbours() {
    float[] scratch = new float[AT + 2 * PassSums.SIZE + AT];
    Arrays.fill(scratch, 7);
    PassSums.clear(scratch, AT, 2 * PassSums.SIZE);
    float[] want = new float[scratch.length];
    Arrays.fill(want, 0, AT, 7);
    Arrays.fill(want, want.length - AT, want.length, 7);
    assertThat(scratch).containsExactly(want);
  }
}
