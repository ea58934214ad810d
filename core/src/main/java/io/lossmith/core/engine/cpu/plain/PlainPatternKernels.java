package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.PatternKernels;
import io.lossmith.core.engine.cpu.Quotient;
import io.lossmith.core.engine.cpu.Range;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;

/** Patterns in plain Java, built as {@link PlainKernels}. */
final class PlainPatternKernels implements PatternKernels {
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

  /** Counting is slow, so blocks in which all is well, that is nearly all, are told apart first. */
  @Override
  public float outside(Range range, float[] a, int ao, int n) {
    Scratch s = Scratch.mine();
    int count = 0;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, s.x, 0, m);
      System.arraycopy(a, ao + from, s.y, 0, m);
      if (range.whole()) {
        round(s.y, m);
      }
      clamp(s.y, range.low(), range.high(), m);
      if (PlainFolds.distance(s.x, s.y, m) != 0) { // NaN is, too
        for (int i = 0; i < m; i++) {
          count += range.holds(a[ao + from + i]) ? 0 : 1;
        }
      }
    }
    return count;
  }

  /** Changes all that is no whole number, and of whole numbers only those above 4 million. */
  private static void round(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] + ROUND - ROUND;
    }
  }
}
