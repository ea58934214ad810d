package io.lossmith.core.engine.cpu.kernel;

/** Loops between rows and rows half as long, in which one element stands for two neighbours. */
public interface PairLoops {
  /** out[oo + i] = (a[ao + 2i] + a[ao + 2i + 1]) · scale, for i &lt; n. */
  void join(float[] a, int ao, float scale, float[] out, int oo, int n);

  /** out[oo + 2i] = out[oo + 2i + 1] = a[ao + i] · scale, for i &lt; n. */
  void repeat(float[] a, int ao, float scale, float[] out, int oo, int n);
}
