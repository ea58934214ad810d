package io.lossmith.core.engine.cpu.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Blocks of products summed in registers: so many gradient rows by so many taps. */
final class SimdProducts {
  private static final VectorSpecies<Float> SPECIES = SimdWindowLoops.SPECIES;
  private static final int L = SPECIES.length();

  private SimdProducts() {}

  /** 12 sums and 4 more, for 16 registers. The sums have {@code rows} rows. */
  static void fourByThree(
      float[] x,
      int[] offsets,
      int t,
      float[] g,
      int row,
      int stride,
      int start,
      int end,
      float[] sums,
      int at,
      int rows) {
    int first = offsets[t];
    int second = offsets[t + 1];
    int third = offsets[t + 2];
    int step = rows * L;
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, at + L);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, at + 2 * L);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, at + 3 * L);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, at + step);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, at + step + L);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, at + step + 2 * L);
    FloatVector b3 = FloatVector.fromArray(SPECIES, sums, at + step + 3 * L);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, at + 2 * step);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, at + 2 * step + L);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, at + 2 * step + 2 * L);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, at + 2 * step + 3 * L);
    for (int i = start; i < end; i += L) {
      FloatVector u = FloatVector.fromArray(SPECIES, x, first + i);
      FloatVector y = FloatVector.fromArray(SPECIES, x, second + i);
      FloatVector z = FloatVector.fromArray(SPECIES, x, third + i);
      FloatVector g0 = FloatVector.fromArray(SPECIES, g, row + i);
      a0 = u.fma(g0, a0);
      b0 = y.fma(g0, b0);
      c0 = z.fma(g0, c0);
      FloatVector g1 = FloatVector.fromArray(SPECIES, g, row + i + stride);
      a1 = u.fma(g1, a1);
      b1 = y.fma(g1, b1);
      c1 = z.fma(g1, c1);
      FloatVector g2 = FloatVector.fromArray(SPECIES, g, row + i + 2 * stride);
      a2 = u.fma(g2, a2);
      b2 = y.fma(g2, b2);
      c2 = z.fma(g2, c2);
      FloatVector g3 = FloatVector.fromArray(SPECIES, g, row + i + 3 * stride);
      a3 = u.fma(g3, a3);
      b3 = y.fma(g3, b3);
      c3 = z.fma(g3, c3);
    }
    a0.intoArray(sums, at);
    a1.intoArray(sums, at + L);
    a2.intoArray(sums, at + 2 * L);
    a3.intoArray(sums, at + 3 * L);
    b0.intoArray(sums, at + step);
    b1.intoArray(sums, at + step + L);
    b2.intoArray(sums, at + step + 2 * L);
    b3.intoArray(sums, at + step + 3 * L);
    c0.intoArray(sums, at + 2 * step);
    c1.intoArray(sums, at + 2 * step + L);
    c2.intoArray(sums, at + 2 * step + 2 * L);
    c3.intoArray(sums, at + 2 * step + 3 * L);
  }

  /**
   * 16 sums, for 32 registers, of which four vectors of the gradient take four more: twice as many
   * sums would be moved in and out too often. The sums have {@code rows} rows.
   */
  static void fourByFour(
      float[] x,
      int[] offsets,
      int t,
      float[] g,
      int row,
      int stride,
      int start,
      int end,
      float[] sums,
      int at,
      int rows) {
    int first = offsets[t];
    int second = offsets[t + 1];
    int third = offsets[t + 2];
    int fourth = offsets[t + 3];
    int step = rows * L;
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, at + L);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, at + 2 * L);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, at + 3 * L);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, at + step);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, at + step + L);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, at + step + 2 * L);
    FloatVector b3 = FloatVector.fromArray(SPECIES, sums, at + step + 3 * L);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, at + 2 * step);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, at + 2 * step + L);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, at + 2 * step + 2 * L);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, at + 2 * step + 3 * L);
    FloatVector d0 = FloatVector.fromArray(SPECIES, sums, at + 3 * step);
    FloatVector d1 = FloatVector.fromArray(SPECIES, sums, at + 3 * step + L);
    FloatVector d2 = FloatVector.fromArray(SPECIES, sums, at + 3 * step + 2 * L);
    FloatVector d3 = FloatVector.fromArray(SPECIES, sums, at + 3 * step + 3 * L);
    for (int i = start; i < end; i += L) {
      FloatVector g0 = FloatVector.fromArray(SPECIES, g, row + i);
      FloatVector g1 = FloatVector.fromArray(SPECIES, g, row + i + stride);
      FloatVector g2 = FloatVector.fromArray(SPECIES, g, row + i + 2 * stride);
      FloatVector g3 = FloatVector.fromArray(SPECIES, g, row + i + 3 * stride);
      FloatVector u = FloatVector.fromArray(SPECIES, x, first + i);
      a0 = u.fma(g0, a0);
      a1 = u.fma(g1, a1);
      a2 = u.fma(g2, a2);
      a3 = u.fma(g3, a3);
      FloatVector y = FloatVector.fromArray(SPECIES, x, second + i);
      b0 = y.fma(g0, b0);
      b1 = y.fma(g1, b1);
      b2 = y.fma(g2, b2);
      b3 = y.fma(g3, b3);
      FloatVector z = FloatVector.fromArray(SPECIES, x, third + i);
      c0 = z.fma(g0, c0);
      c1 = z.fma(g1, c1);
      c2 = z.fma(g2, c2);
      c3 = z.fma(g3, c3);
      FloatVector r = FloatVector.fromArray(SPECIES, x, fourth + i);
      d0 = r.fma(g0, d0);
      d1 = r.fma(g1, d1);
      d2 = r.fma(g2, d2);
      d3 = r.fma(g3, d3);
    }
    a0.intoArray(sums, at);
    a1.intoArray(sums, at + L);
    a2.intoArray(sums, at + 2 * L);
    a3.intoArray(sums, at + 3 * L);
    b0.intoArray(sums, at + step);
    b1.intoArray(sums, at + step + L);
    b2.intoArray(sums, at + step + 2 * L);
    b3.intoArray(sums, at + step + 3 * L);
    c0.intoArray(sums, at + 2 * step);
    c1.intoArray(sums, at + 2 * step + L);
    c2.intoArray(sums, at + 2 * step + 2 * L);
    c3.intoArray(sums, at + 2 * step + 3 * L);
    d0.intoArray(sums, at + 3 * step);
    d1.intoArray(sums, at + 3 * step + L);
    d2.intoArray(sums, at + 3 * step + 2 * L);
    d3.intoArray(sums, at + 3 * step + 3 * L);
  }

  /** 4 sums, for a single channel. */
  static void oneByFour(
      float[] x, int[] offsets, int t, float[] g, int start, int end, float[] sums, int at) {
    int first = offsets[t];
    int second = offsets[t + 1];
    int third = offsets[t + 2];
    int fourth = offsets[t + 3];
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, at + L);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, at + 2 * L);
    FloatVector d0 = FloatVector.fromArray(SPECIES, sums, at + 3 * L);
    for (int i = start; i < end; i += L) {
      FloatVector u = FloatVector.fromArray(SPECIES, x, first + i);
      FloatVector y = FloatVector.fromArray(SPECIES, x, second + i);
      FloatVector z = FloatVector.fromArray(SPECIES, x, third + i);
      FloatVector r = FloatVector.fromArray(SPECIES, x, fourth + i);
      FloatVector g0 = FloatVector.fromArray(SPECIES, g, i);
      a0 = u.fma(g0, a0);
      b0 = y.fma(g0, b0);
      c0 = z.fma(g0, c0);
      d0 = r.fma(g0, d0);
    }
    a0.intoArray(sums, at);
    b0.intoArray(sums, at + L);
    c0.intoArray(sums, at + 2 * L);
    d0.intoArray(sums, at + 3 * L);
  }
}
