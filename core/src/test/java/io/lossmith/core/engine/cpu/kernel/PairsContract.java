package io.lossmith.core.engine.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What loops between rows and rows half as long owe: these bits, at any length and offset. */
public abstract class PairsContract {
  private static final float UNTOUCHED = 7.25f;

  protected abstract Kernels kernels();

  @Test
  void neighboursAreAddedAndScaled() {
    for (int n = 0; n < 100; n++) {
      float[] a = Samples.random(3 + 2 * n + 2, 3, n);
      float[] out = untouched(5 + n + 2);
      kernels().pairs().join(a, 3, 0.3f, out, 5, n);
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
      kernels().pairs().repeat(a, 3, 0.3f, out, 5, n);
      float[] must = untouched(out.length);
      for (int i = 0; i < 2 * n; i++) {
        must[5 + i] = a[3 + i / 2] * 0.3f;
      }
      assertThat(out).as("%d pairs", n).isEqualTo(must);
    }
  }

  private static float[] untouched(int n) {
    float[] out = new float[n];
    Arrays.fill(out, UNTOUCHED);
    return out;
  }
}
