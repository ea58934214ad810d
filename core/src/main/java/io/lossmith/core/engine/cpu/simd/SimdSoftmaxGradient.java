package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * What flows back through a softmax, row after row: down many rows, lines at the same places of the
 * cache would drive each other out.
 */
final class SimdSoftmaxGradient {
  private SimdSoftmaxGradient() {}

  static void run(
      float[] g,
      int go,
      int gs,
      float[] p,
      int po,
      int ps,
      float[] mean,
      int mo,
      float[] rest,
      int ro,
      float[] out,
      int oo,
      int os,
      int rows,
      int n) {
    Arrays.fill(mean, mo, mo + n, -0f); // with which the first product keeps its bits
    Arrays.fill(rest, ro, ro + n, -0f);
    for (int r = 0; r < rows; r++) {
      meanRow(g, go + r * gs, p, po + r * ps, mean, mo, n);
    }
    for (int r = 0; r < rows; r++) {
      restRow(g, go + r * gs, p, po + r * ps, mean, mo, rest, ro, n);
    }
    for (int r = 0; r < rows; r++) {
      gradientRow(g, go + r * gs, p, po + r * ps, mean, mo, rest, ro, out, oo + r * os, n);
    }
  }

  /** mean = mean + g · p. */
  private static void meanRow(float[] g, int go, float[] p, int po, float[] mean, int mo, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector product =
          FloatVector.fromArray(SPECIES, g, go + i).mul(FloatVector.fromArray(SPECIES, p, po + i));
      FloatVector.fromArray(SPECIES, mean, mo + i).add(product).intoArray(mean, mo + i);
    }
    for (; i < n; i++) {
      mean[mo + i] += g[go + i] * p[po + i];
    }
  }

  /** rest = rest + (g − mean) · p. */
  private static void restRow(
      float[] g, int go, float[] p, int po, float[] mean, int mo, float[] rest, int ro, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector product =
          FloatVector.fromArray(SPECIES, g, go + i)
              .sub(FloatVector.fromArray(SPECIES, mean, mo + i))
              .mul(FloatVector.fromArray(SPECIES, p, po + i));
      FloatVector.fromArray(SPECIES, rest, ro + i).add(product).intoArray(rest, ro + i);
    }
    for (; i < n; i++) {
      rest[ro + i] += (g[go + i] - mean[mo + i]) * p[po + i];
    }
  }

  /** p · (g − mean − rest). */
  private static void gradientRow(
      float[] g,
      int go,
      float[] p,
      int po,
      float[] mean,
      int mo,
      float[] rest,
      int ro,
      float[] out,
      int oo,
      int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector.fromArray(SPECIES, g, go + i)
          .sub(FloatVector.fromArray(SPECIES, mean, mo + i))
          .sub(FloatVector.fromArray(SPECIES, rest, ro + i))
          .mul(FloatVector.fromArray(SPECIES, p, po + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = (g[go + i] - mean[mo + i] - rest[ro + i]) * p[po + i];
    }
  }
}
