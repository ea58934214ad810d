package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.PairLoops;

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
}
