package io.lossmith.core.engine.cpu.kernel;

import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;

/**
 * Loops for a few operations at once that stand together in many losses: what is between them is
 * never stored. As {@link Kernels} otherwise.
 */
public interface FusedKernels {
  /** out = min(max(a, low), high), for low ≤ high. */
  void clamp(float[] a, int ao, float low, float high, float[] out, int oo, int n);

  /** out = g · p · (1 − p): what flows back through a sigmoid. */
  void sigmoidSlope(float[] g, int go, float[] p, int po, float[] out, int oo, int n);

  /** out = c − a · b, the product being rounded, too. */
  void multiplyFrom(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n);

  /** out = c − a · b, with one number to take from. */
  void multiplyFrom(float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n);

  /** out = max(ln a, low), or max(ln(1 + a), low). */
  void logarithm(Unary op, float[] a, int ao, float low, float[] out, int oo, int n);

  /** out = a / b where b is at least a number, else c; times another number. */
  void quotient(
      Quotient q,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] out,
      int oo,
      int n);

  /**
   * A step of Adam: mean = m · {@code meanStays} + g · {@code meanComes}, square = s · {@code
   * squareStays} + g · {@code squareComes} · g, out = x · stays − mean · pace / (√square · scale +
   * {@code epsilon}). What is written lies apart from what is read.
   */
  void adam(
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
      float[] s,
      int so,
      float[] out,
      int oo,
      float[] mean,
      int meano,
      float[] square,
      int squareo,
      int n);

  /** Returns how many elements are not in a range. */
  float outside(ValueRange range, float[] a, int ao, int n);

  /** Returns what makes the loops of whole passes. */
  default Passes passes() {
    return Passes.NONE;
  }
}
