package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.AdamNumbers;
import io.lossmith.core.engine.cpu.kernel.FusedKernels;
import io.lossmith.core.engine.cpu.kernel.Passes;
import io.lossmith.core.engine.cpu.kernel.Quotient;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;

/** Operations at once in plain Java, built as {@link PlainKernels}. */
final class PlainFusedKernels implements FusedKernels {
  /** Adding this to what is not negative, and small, rounds it to a whole number. */
  private static final float ROUND = 12582912f;

  /** Beyond this, floats are looked at one by one: their squares might be no floats. */
  private static final float LARGE = 1e18f;

  @Override
  public void clamp(float[] a, int ao, float low, float high, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      clamp(x, low, high, to, m);
      Scratch.bring(to, out, oo + from, m);
    }
  }

  private static void clamp(float[] x, float low, float high, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.min(Math.max(x[i], low), high);
    }
  }

  @Override
  public void sigmoidSlope(float[] g, int go, float[] p, int po, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(g, go + from, s.x, m);
      float[] y = Scratch.atStart(p, po + from, s.y, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      for (int i = 0; i < m; i++) {
        to[i] = x[i] * (y[i] * (1 - y[i]));
      }
      Scratch.bring(to, out, oo + from, m);
    }
  }

  @Override
  public void multiplyFrom(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] y = Scratch.atStart(b, bo + from, s.y, m);
      float[] z = Scratch.atStart(c, co + from, s.z, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      for (int i = 0; i < m; i++) {
        to[i] = z[i] - x[i] * y[i];
      }
      Scratch.bring(to, out, oo + from, m);
    }
  }

  @Override
  public void multiplyFrom(
      float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] y = Scratch.atStart(b, bo + from, s.y, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      for (int i = 0; i < m; i++) {
        to[i] = c - x[i] * y[i];
      }
      Scratch.bring(to, out, oo + from, m);
    }
  }

  @Override
  public void logarithm(Unary op, float[] a, int ao, float low, float[] out, int oo, int n) {
    PlainUnary.run(op, a, ao, out, oo, n);
    PlainBinaryRight.run(Binary.MAXIMUM, out, oo, low, out, oo, n);
  }

  @Override
  public void quotient(
      Quotient q,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] out,
      int oo,
      int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = s.x;
      System.arraycopy(a, ao + from, x, 0, m);
      float[] y = s.y;
      System.arraycopy(b, bo + from, y, 0, m);
      float[] z = s.z;
      System.arraycopy(c, co + from, z, 0, m);
      divide(x, y, m);
      for (int i = 0; i < m; i++) {
        if (!(y[i] >= q.low())) { // seldom, or never
          x[i] = z[i];
        }
      }
      PlainBinaryRight.run(Binary.MULTIPLY, x, q.factor(), x, m);
      System.arraycopy(x, 0, out, oo + from, m);
    }
  }

  private static void divide(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] / y[i];
    }
  }

  @Override
  public void adam(
      AdamNumbers numbers,
      float stays,
      float pace,
      float scale,
      float[] x,
      int xo,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] v,
      int vo,
      float[] out,
      int oo,
      float[] mean,
      int meano,
      float[] square,
      int squareo,
      int n) {
    Scratch scratch = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int k = Math.min(BLOCK, n - from);
      float[] way = scratch.x;
      System.arraycopy(m, mo + from, way, 0, k);
      float[] y = scratch.y;
      System.arraycopy(g, go + from, y, 0, k);
      float[] z = scratch.z;
      System.arraycopy(v, vo + from, z, 0, k);
      means(way, numbers.meanStays(), y, numbers.meanComes(), k);
      squares(z, numbers.squareStays(), y, numbers.squareComes(), k);
      System.arraycopy(way, 0, mean, meano + from, k);
      System.arraycopy(z, 0, square, squareo + from, k);
      divide(way, pace, z, scale, numbers.epsilon(), k);
      System.arraycopy(x, xo + from, y, 0, k);
      for (int i = 0; i < k; i++) {
        y[i] = y[i] * stays - way[i];
      }
      System.arraycopy(y, 0, out, oo + from, k);
    }
  }

  private static void means(float[] x, float stays, float[] g, float comes, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * stays + g[i] * comes;
    }
  }

  private static void squares(float[] x, float stays, float[] g, float comes, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * stays + g[i] * comes * g[i];
    }
  }

  private static void divide(
      float[] x, float factor, float[] square, float scale, float epsilon, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * factor / ((float) Math.sqrt(square[i]) * scale + epsilon);
    }
  }

  /** Counting is slow, so blocks in which all is well, that is nearly all, are kept apart first. */
  @Override
  public float outside(ValueRange range, float[] a, int ao, int n) {
    int count = 0;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      if (!holds(range, a, ao + from, m)) {
        for (int i = 0; i < m; i++) {
          count += range.holds(a[ao + from + i]) ? 0 : 1;
        }
      }
    }
    return count;
  }

  /** Tells whether all of a block is known to be in a range: the sum of what is none is 0. */
  private static boolean holds(ValueRange range, float[] a, int ao, int n) {
    float low = Math.max(range.low(), -LARGE);
    float high = Math.min(range.high(), LARGE);
    if (range.whole() ? low < 0 : high - low < 1) {
      return false; // which these loops cannot tell
    }
    Scratch s = Scratch.mine();
    float[] x = Scratch.atStart(a, ao, s.x, n);
    if (range.whole()) {
      notWhole(x, low, high, s.y, n);
    } else {
      beyond(x, low, high, s.y, n);
    }
    if (range.except() != null) {
      nearer(s.y, x, range.except(), n);
    }
    return PlainFolds.sum(s.y, n) == 0; // NaN is not
  }

  /**
   * More than 0 for what is not in a range that is no shorter than 1: then one factor is negative,
   * and the other at least 1, so that their product is not rounded to 0.
   */
  private static float beyond(float x, float low, float high) {
    float inside = (x - low) * (high - x);
    return Math.abs(inside) - inside;
  }

  private static void beyond(float[] x, float low, float high, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = beyond(x[i], low, high);
    }
  }

  /** Likewise for what is not whole; rounded, whole numbers above 4 million change, too. */
  private static void notWhole(float[] x, float low, float high, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.abs(x[i] - (x[i] + ROUND - ROUND)) + beyond(x[i], low, high);
    }
  }

  /** How far x is from a number, if that is less. */
  private static void nearer(float[] to, float[] x, float number, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.min(to[i], Math.abs(x[i] - number));
    }
  }

  @Override
  public Passes passes() {
    return PlainPassWriter::write;
  }
}
