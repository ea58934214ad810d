package io.lossmith.core.engine.cpu.kernel;

/**
 * Loops between rows and rows half as long, in which one element stands for two neighbours, or for
 * the two of two rows. Where the greatest of these is looked for, it is the first of several, and
 * NaN is greater than any number.
 */
public interface PairLoops {
  /** out[oo + i] = (a[ao + 2i] + a[ao + 2i + 1]) · scale, for i &lt; n. */
  void join(float[] a, int ao, float scale, float[] out, int oo, int n);

  /** out[oo + 2i] = out[oo + 2i + 1] = a[ao + i] · scale, for i &lt; n. */
  void repeat(float[] a, int ao, float scale, float[] out, int oo, int n);

  /**
   * out[oo + i] = the greatest of a[top + 2i], a[top + 2i + 1] and those at bottom, for i &lt; n.
   */
  void greatest(float[] a, int top, int bottom, float[] out, int oo, int n);

  /** out[oo + i] = what stands in values where the greatest of a stands, for i &lt; n. */
  void pick(float[] a, int top, int bottom, float[] values, float[] out, int oo, int n);

  /** out = g[from + i] where the greatest of a stands and 0 at the other three, for i &lt; n. */
  void giveBack(float[] a, int top, int bottom, float[] g, int from, float[] out, int n);
}
