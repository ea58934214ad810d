package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.AdamNumbers;
import io.lossmith.core.engine.cpu.kernel.FusedKernels;
import io.lossmith.core.engine.cpu.kernel.Quotient;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;

/** Operations at once in plain Java, built as {@link PlainKernels}. */
final class PlainFusedKernels implements FusedKernels {
  /** Adding this to what is not negative, and small, rounds it to a whole number. */
  private static final float ROUND = 12582912f;

  @Override
  public void clamp(float[] a, int ao, float low, float high, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, s.x, 0, m);
      clamp(s.x, low, high, m);
      System.arraycopy(s.x, 0, out, oo + from, m);
    }
  }

  private static void clamp(float[] x, float low, float high, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.min(Math.max(x[i], low), high);
    }
  }

  @Override
  public void sigmoidSlope(float[] g, int go, float[] p, int po, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = s.x;
      System.arraycopy(g, go + from, x, 0, m);
      float[] y = s.y;
      System.arraycopy(p, po + from, y, 0, m);
      for (int i = 0; i < m; i++) {
        x[i] = x[i] * (y[i] * (1 - y[i]));
      }
      System.arraycopy(x, 0, out, oo + from, m);
    }
  }

  @Override
  public void multiplyFrom(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = s.x;
      System.arraycopy(a, ao + from, x, 0, m);
      float[] y = s.y;
      System.arraycopy(b, bo + from, y, 0, m);
      float[] z = s.z;
      System.arraycopy(c, co + from, z, 0, m);
      for (int i = 0; i < m; i++) {
        x[i] = z[i] - x[i] * y[i];
      }
      System.arraycopy(x, 0, out, oo + from, m);
    }
  }

  @Override
  public void multiplyFrom(
      float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = s.x;
      System.arraycopy(a, ao + from, x, 0, m);
      float[] y = s.y;
      System.arraycopy(b, bo + from, y, 0, m);
      for (int i = 0; i < m; i++) {
        x[i] = c - x[i] * y[i];
      }
      System.arraycopy(x, 0, out, oo + from, m);
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
      PlainBinaryRight.inPlace(Binary.MULTIPLY, x, q.factor(), m);
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

  /** Tells whether all of a block is known to be in a range. */
  private static boolean holds(ValueRange range, float[] a, int ao, int n) {
    if (range.whole() && range.low() < 0) {
      return false; // which round cannot tell
    }
    Scratch s = Scratch.mine();
    System.arraycopy(a, ao, s.x, 0, n);
    System.arraycopy(a, ao, s.y, 0, n);
    if (range.whole()) {
      round(s.y, n);
    }
    clamp(s.y, range.low(), range.high(), n);
    Float except = range.except();
    float beyond =
        except == null ? PlainFolds.distance(s.x, s.y, n) : distance(s.x, s.y, except, n);
    return beyond == 0; // NaN is not
  }

  /**
   * Σ of how far x is from y or a number, whichever is nearer, of a block, which is overwritten.
   */
  private static float distance(float[] x, float[] y, float number, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.min(Math.abs(x[i] - y[i]), Math.abs(x[i] - number));
    }
    return PlainFolds.sum(x, n);
  }

  /** Of what is not negative: changes all fractions, and whole numbers above 4 million. */
  private static void round(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] + ROUND - ROUND;
    }
  }
}
