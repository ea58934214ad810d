package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Blocks of a correlation in registers: so many output rows by so many vectors of elements. */
final class SimdCorrelation {
  private static final VectorSpecies<Float> SPECIES = SimdWindowLoops.SPECIES;
  private static final int L = SPECIES.length();
  private static final int ROWS = WindowLoops.ROWS;

  private SimdCorrelation() {}

  /** 24 sums and 4 more: for 32 registers. */
  static void eightByThree(
      float[] x,
      int first,
      int second,
      int third,
      int[] offsets,
      float[] w,
      int at,
      float[] out,
      int to,
      int stride) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    FloatVector a4 = FloatVector.zero(SPECIES);
    FloatVector a5 = FloatVector.zero(SPECIES);
    FloatVector a6 = FloatVector.zero(SPECIES);
    FloatVector a7 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector b1 = FloatVector.zero(SPECIES);
    FloatVector b2 = FloatVector.zero(SPECIES);
    FloatVector b3 = FloatVector.zero(SPECIES);
    FloatVector b4 = FloatVector.zero(SPECIES);
    FloatVector b5 = FloatVector.zero(SPECIES);
    FloatVector b6 = FloatVector.zero(SPECIES);
    FloatVector b7 = FloatVector.zero(SPECIES);
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    FloatVector c6 = FloatVector.zero(SPECIES);
    FloatVector c7 = FloatVector.zero(SPECIES);
    for (int t = 0; t < offsets.length; t++) {
      int i = offsets[t];
      FloatVector u = FloatVector.fromArray(SPECIES, x, first + i);
      FloatVector y = FloatVector.fromArray(SPECIES, x, second + i);
      FloatVector z = FloatVector.fromArray(SPECIES, x, third + i);
      FloatVector s0 = FloatVector.broadcast(SPECIES, w[at + t * ROWS]);
      a0 = u.fma(s0, a0);
      b0 = y.fma(s0, b0);
      c0 = z.fma(s0, c0);
      FloatVector s1 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 1]);
      a1 = u.fma(s1, a1);
      b1 = y.fma(s1, b1);
      c1 = z.fma(s1, c1);
      FloatVector s2 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 2]);
      a2 = u.fma(s2, a2);
      b2 = y.fma(s2, b2);
      c2 = z.fma(s2, c2);
      FloatVector s3 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 3]);
      a3 = u.fma(s3, a3);
      b3 = y.fma(s3, b3);
      c3 = z.fma(s3, c3);
      FloatVector s4 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 4]);
      a4 = u.fma(s4, a4);
      b4 = y.fma(s4, b4);
      c4 = z.fma(s4, c4);
      FloatVector s5 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 5]);
      a5 = u.fma(s5, a5);
      b5 = y.fma(s5, b5);
      c5 = z.fma(s5, c5);
      FloatVector s6 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 6]);
      a6 = u.fma(s6, a6);
      b6 = y.fma(s6, b6);
      c6 = z.fma(s6, c6);
      FloatVector s7 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 7]);
      a7 = u.fma(s7, a7);
      b7 = y.fma(s7, b7);
      c7 = z.fma(s7, c7);
    }
    a0.intoArray(out, to);
    b0.intoArray(out, to + L);
    c0.intoArray(out, to + 2 * L);
    a1.intoArray(out, to + stride);
    b1.intoArray(out, to + stride + L);
    c1.intoArray(out, to + stride + 2 * L);
    a2.intoArray(out, to + 2 * stride);
    b2.intoArray(out, to + 2 * stride + L);
    c2.intoArray(out, to + 2 * stride + 2 * L);
    a3.intoArray(out, to + 3 * stride);
    b3.intoArray(out, to + 3 * stride + L);
    c3.intoArray(out, to + 3 * stride + 2 * L);
    a4.intoArray(out, to + 4 * stride);
    b4.intoArray(out, to + 4 * stride + L);
    c4.intoArray(out, to + 4 * stride + 2 * L);
    a5.intoArray(out, to + 5 * stride);
    b5.intoArray(out, to + 5 * stride + L);
    c5.intoArray(out, to + 5 * stride + 2 * L);
    a6.intoArray(out, to + 6 * stride);
    b6.intoArray(out, to + 6 * stride + L);
    c6.intoArray(out, to + 6 * stride + 2 * L);
    a7.intoArray(out, to + 7 * stride);
    b7.intoArray(out, to + 7 * stride + L);
    c7.intoArray(out, to + 7 * stride + 2 * L);
  }

  /** 12 sums and 4 more: for 16 registers. */
  static void fourByThree(
      float[] x,
      int first,
      int second,
      int third,
      int[] offsets,
      float[] w,
      int at,
      float[] out,
      int to,
      int stride) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector b1 = FloatVector.zero(SPECIES);
    FloatVector b2 = FloatVector.zero(SPECIES);
    FloatVector b3 = FloatVector.zero(SPECIES);
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    for (int t = 0; t < offsets.length; t++) {
      int i = offsets[t];
      FloatVector u = FloatVector.fromArray(SPECIES, x, first + i);
      FloatVector y = FloatVector.fromArray(SPECIES, x, second + i);
      FloatVector z = FloatVector.fromArray(SPECIES, x, third + i);
      FloatVector s0 = FloatVector.broadcast(SPECIES, w[at + t * ROWS]);
      a0 = u.fma(s0, a0);
      b0 = y.fma(s0, b0);
      c0 = z.fma(s0, c0);
      FloatVector s1 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 1]);
      a1 = u.fma(s1, a1);
      b1 = y.fma(s1, b1);
      c1 = z.fma(s1, c1);
      FloatVector s2 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 2]);
      a2 = u.fma(s2, a2);
      b2 = y.fma(s2, b2);
      c2 = z.fma(s2, c2);
      FloatVector s3 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 3]);
      a3 = u.fma(s3, a3);
      b3 = y.fma(s3, b3);
      c3 = z.fma(s3, c3);
    }
    a0.intoArray(out, to);
    b0.intoArray(out, to + L);
    c0.intoArray(out, to + 2 * L);
    a1.intoArray(out, to + stride);
    b1.intoArray(out, to + stride + L);
    c1.intoArray(out, to + stride + 2 * L);
    a2.intoArray(out, to + 2 * stride);
    b2.intoArray(out, to + 2 * stride + L);
    c2.intoArray(out, to + 2 * stride + 2 * L);
    a3.intoArray(out, to + 3 * stride);
    b3.intoArray(out, to + 3 * stride + L);
    c3.intoArray(out, to + 3 * stride + 2 * L);
  }

  /** 16 sums, for few channels and 32 registers. */
  static void fourByFour(
      float[] x,
      int first,
      int second,
      int third,
      int fourth,
      int[] offsets,
      float[] w,
      int at,
      float[] out,
      int to,
      int stride) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector b1 = FloatVector.zero(SPECIES);
    FloatVector b2 = FloatVector.zero(SPECIES);
    FloatVector b3 = FloatVector.zero(SPECIES);
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector d0 = FloatVector.zero(SPECIES);
    FloatVector d1 = FloatVector.zero(SPECIES);
    FloatVector d2 = FloatVector.zero(SPECIES);
    FloatVector d3 = FloatVector.zero(SPECIES);
    for (int t = 0; t < offsets.length; t++) {
      int i = offsets[t];
      FloatVector u = FloatVector.fromArray(SPECIES, x, first + i);
      FloatVector y = FloatVector.fromArray(SPECIES, x, second + i);
      FloatVector z = FloatVector.fromArray(SPECIES, x, third + i);
      FloatVector r = FloatVector.fromArray(SPECIES, x, fourth + i);
      FloatVector s0 = FloatVector.broadcast(SPECIES, w[at + t * ROWS]);
      a0 = u.fma(s0, a0);
      b0 = y.fma(s0, b0);
      c0 = z.fma(s0, c0);
      d0 = r.fma(s0, d0);
      FloatVector s1 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 1]);
      a1 = u.fma(s1, a1);
      b1 = y.fma(s1, b1);
      c1 = z.fma(s1, c1);
      d1 = r.fma(s1, d1);
      FloatVector s2 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 2]);
      a2 = u.fma(s2, a2);
      b2 = y.fma(s2, b2);
      c2 = z.fma(s2, c2);
      d2 = r.fma(s2, d2);
      FloatVector s3 = FloatVector.broadcast(SPECIES, w[at + t * ROWS + 3]);
      a3 = u.fma(s3, a3);
      b3 = y.fma(s3, b3);
      c3 = z.fma(s3, c3);
      d3 = r.fma(s3, d3);
    }
    a0.intoArray(out, to);
    b0.intoArray(out, to + L);
    c0.intoArray(out, to + 2 * L);
    d0.intoArray(out, to + 3 * L);
    a1.intoArray(out, to + stride);
    b1.intoArray(out, to + stride + L);
    c1.intoArray(out, to + stride + 2 * L);
    d1.intoArray(out, to + stride + 3 * L);
    a2.intoArray(out, to + 2 * stride);
    b2.intoArray(out, to + 2 * stride + L);
    c2.intoArray(out, to + 2 * stride + 2 * L);
    d2.intoArray(out, to + 2 * stride + 3 * L);
    a3.intoArray(out, to + 3 * stride);
    b3.intoArray(out, to + 3 * stride + L);
    c3.intoArray(out, to + 3 * stride + 2 * L);
    d3.intoArray(out, to + 3 * stride + 3 * L);
  }

  /** 4 sums, for a single channel. */
  static void oneByFour(
      float[] x,
      int first,
      int second,
      int third,
      int fourth,
      int[] offsets,
      float[] w,
      int at,
      float[] out,
      int to) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector d0 = FloatVector.zero(SPECIES);
    for (int t = 0; t < offsets.length; t++) {
      int i = offsets[t];
      FloatVector u = FloatVector.fromArray(SPECIES, x, first + i);
      FloatVector y = FloatVector.fromArray(SPECIES, x, second + i);
      FloatVector z = FloatVector.fromArray(SPECIES, x, third + i);
      FloatVector r = FloatVector.fromArray(SPECIES, x, fourth + i);
      FloatVector s0 = FloatVector.broadcast(SPECIES, w[at + t * ROWS]);
      a0 = u.fma(s0, a0);
      b0 = y.fma(s0, b0);
      c0 = z.fma(s0, c0);
      d0 = r.fma(s0, d0);
    }
    a0.intoArray(out, to);
    b0.intoArray(out, to + L);
    c0.intoArray(out, to + 2 * L);
    d0.intoArray(out, to + 3 * L);
  }
}
