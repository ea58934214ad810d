package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.kernel.PoolLoops;
import java.util.Arrays;

/** The loops between rows and rows half as long in plain Java. */
public final class PlainPairLoops implements PairLoops {
  @Override
  public void join(float[] a, int ao, float scale, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (a[ao + 2 * i] + a[ao + 2 * i + 1]) * scale;
    }
  }

  @Override
  public void repeat(float[] a, int ao, float scale, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float value = a[ao + i] * scale;
      out[oo + 2 * i] = value;
      out[oo + 2 * i + 1] = value;
    }
  }

  @Override
  public void greatest(float[] a, int top, int bottom, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float upper = Math.max(a[top + 2 * i], a[top + 2 * i + 1]);
      float lower = Math.max(a[bottom + 2 * i], a[bottom + 2 * i + 1]);
      out[oo + i] = Math.max(upper, lower);
    }
  }

  @Override
  public void pick(float[] a, int top, int bottom, float[] values, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = values[greatest(a, top + 2 * i, bottom + 2 * i)];
    }
  }

  @Override
  public void giveBack(float[] a, int top, int bottom, float[] g, int from, float[] out, int n) {
    Arrays.fill(out, top, top + 2 * n, 0);
    Arrays.fill(out, bottom, bottom + 2 * n, 0);
    for (int i = 0; i < n; i++) {
      out[greatest(a, top + 2 * i, bottom + 2 * i)] = g[from + i];
    }
  }

  /**
   * Returns where the first greatest of a window of 2 × 2 stands: without branches, which on real
   * images nobody can predict.
   */
  private static int greatest(float[] a, int top, int bottom) {
    float p = a[top];
    float q = a[top + 1];
    float r = a[bottom];
    float s = a[bottom + 1];
    float sum = (p + q) + (r + s);
    if (sum != sum) {
      return greatestWithNaN(a, top, bottom);
    }
    int first = ordered(p);
    int second = ordered(q);
    int third = ordered(r);
    int fourth = ordered(s);
    int upper = top + less(first, second);
    int lower = bottom + less(third, fourth);
    return upper + (lower - upper) * less(Math.max(first, second), Math.max(third, fourth));
  }

  /** Returns a whole number that is ordered as the float is; −0 becomes 0. */
  private static int ordered(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /** Returns 1 if a is less than b, else 0. */
  private static int less(int a, int b) {
    return (int) (((long) a - b) >>> 63);
  }

  private static int greatestWithNaN(float[] a, int top, int bottom) {
    int best = top;
    best = PoolLoops.greater(a[top + 1], a[best]) ? top + 1 : best;
    best = PoolLoops.greater(a[bottom], a[best]) ? bottom : best;
    return PoolLoops.greater(a[bottom + 1], a[best]) ? bottom + 1 : best;
  }
}
