package io.lossmith.core.engine.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What loops between rows and rows half as long owe: these bits, at any length and offset. */
public abstract class PairsContract {
  private static final float UNTOUCHED = 7.25f;

  protected abstract PairLoops pairs();

  @Test
  void neighboursAreAddedAndScaled() {
    for (int n = 0; n < 100; n++) {
      float[] a = Samples.random(3 + 2 * n + 2, 3, n);
      float[] out = untouched(5 + n + 2);
      pairs().join(a, 3, 0.3f, out, 5, n);
      float[] must = untouched(out.length);
      for (int i = 0; i < n; i++) {
        must[5 + i] = (a[3 + 2 * i] + a[3 + 2 * i + 1]) * 0.3f;
      }
      assertThat(out).as("%d pairs", n).isEqualTo(must);
    }
  }

  @Test
  void eachElementIsScaledAndRepeated() {
    for (int n = 0; n < 100; n++) {
      float[] a = Samples.random(3 + n + 2, 3, n);
      float[] out = untouched(5 + 2 * n + 2);
      pairs().repeat(a, 3, 0.3f, out, 5, n);
      float[] must = untouched(out.length);
      for (int i = 0; i < 2 * n; i++) {
        must[5 + i] = a[3 + i / 2] * 0.3f;
      }
      assertThat(out).as("%d pairs", n).isEqualTo(must);
    }
  }

  @Test
  void theGreatestOfFourIsFoundWhateverTheyAre() {
    for (int n = 0; n < 100; n++) {
      float[] a = awkward(3 + 4 * n + 2, n);
      float[] out = untouched(5 + n + 2);
      pairs().greatest(a, 3, 3 + 2 * n, out, 5, n);
      float[] must = untouched(out.length);
      for (int i = 0; i < n; i++) {
        int at = 3 + 2 * i;
        float upper = Math.max(a[at], a[at + 1]);
        must[5 + i] = Math.max(upper, Math.max(a[at + 2 * n], a[at + 2 * n + 1]));
      }
      assertThat(out).as("%d windows", n).isEqualTo(must);
    }
  }

  @Test
  void whatStandsAtTheFirstGreatestIsPicked() {
    for (int n = 0; n < 100; n++) {
      float[] a = awkward(3 + 4 * n + 2, n);
      float[] values = Samples.random(a.length, 3, n);
      float[] out = untouched(5 + n + 2);
      pairs().pick(a, 3, 3 + 2 * n, values, out, 5, n);
      float[] must = untouched(out.length);
      for (int i = 0; i < n; i++) {
        must[5 + i] = values[greatest(a, n, i)];
      }
      assertThat(out).as("%d windows", n).isEqualTo(must);
    }
  }

  @Test
  void theFirstGreatestIsGivenBackAllAndTheOthersNothing() {
    for (int n = 0; n < 100; n++) {
      float[] a = awkward(3 + 4 * n + 2, n);
      float[] g = Samples.random(7 + n + 2, 3, n);
      float[] out = untouched(a.length);
      pairs().giveBack(a, 3, 3 + 2 * n, g, 7, out, n);
      float[] must = untouched(a.length);
      Arrays.fill(must, 3, 3 + 4 * n, 0);
      for (int i = 0; i < n; i++) {
        must[greatest(a, n, i)] = g[7 + i];
      }
      assertThat(out).as("%d windows", n).isEqualTo(must);
    }
  }

  /** Few different numbers, so that many tie, zeros of both signs, infinities and NaN. */
  private static float[] awkward(int n, int seed) {
    float[] some = {1, 2, -3, 0f, -0f, 2, 1, -1};
    float[] rare = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    Random random = new Random(seed);
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      boolean isRare = seed % 3 != 0 && random.nextInt(20) == 0;
      a[i] = isRare ? rare[random.nextInt(rare.length)] : some[random.nextInt(some.length)];
    }
    return a;
  }

  /** Returns where the first greatest of window i stands, of two rows with n windows. */
  private static int greatest(float[] a, int n, int i) {
    int best = 3 + 2 * i;
    for (int at : new int[] {best + 1, best + 2 * n, best + 2 * n + 1}) {
      best = PoolLoops.greater(a[at], a[best]) ? at : best;
    }
    return best;
  }

  private static float[] untouched(int n) {
    float[] out = new float[n];
    Arrays.fill(out, UNTOUCHED);
    return out;
  }
}
