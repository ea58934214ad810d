package io.lossmith.core.engine.cpu.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of the lanes of a vector: neighbours are added, then neighbouring sums, and so on. Of
 * sixteen vectors all sums are made together, each by the same additions as of one.
 */
final class SimdLaneSums {
  private static final VectorSpecies<Float> SPECIES = SimdWindowLoops.SPECIES;
  private static final int L = SPECIES.length();

  /** From two vectors in a row, every other element; those of the second are beyond the first. */
  private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(SPECIES, i -> 2 * i);

  private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(SPECIES, i -> 2 * i + 1);

  /** Whether {@link #sixteen} is to be used. */
  static final boolean BY_SIXTEEN = L == 16 && PairShuffles.ARE_FAST;

  private SimdLaneSums() {}

  /** Returns the sum of the lanes that lie from {@code at} on. */
  static float one(float[] x, int at) {
    if (L == 16) {
      return eight(x, at) + eight(x, at + 8);
    }
    return L == 8 ? eight(x, at) : few(x, at, L);
  }

  /** Written out: calls of a method within itself would take several times as long. */
  private static float eight(float[] x, int at) {
    return ((x[at] + x[at + 1]) + (x[at + 2] + x[at + 3]))
        + ((x[at + 4] + x[at + 5]) + (x[at + 6] + x[at + 7]));
  }

  private static float few(float[] x, int at, int n) {
    return n == 1 ? x[at] : few(x, at, n / 2) + few(x, at + n / 2, n / 2);
  }

  /**
   * out[to + i] = the sum of the lanes from at + i · step on, for i &lt; 16, with 16 lanes. Written
   * out, because a method of ours that is not inlined makes objects of vectors.
   */
  static void sixteen(float[] x, int at, int step, float[] out, int to) {
    FloatVector a = FloatVector.fromArray(SPECIES, x, at);
    FloatVector b = FloatVector.fromArray(SPECIES, x, at + step);
    a = a.rearrange(EVEN, b).add(a.rearrange(ODD, b));
    FloatVector c = FloatVector.fromArray(SPECIES, x, at + 2 * step);
    FloatVector d = FloatVector.fromArray(SPECIES, x, at + 3 * step);
    c = c.rearrange(EVEN, d).add(c.rearrange(ODD, d));
    a = a.rearrange(EVEN, c).add(a.rearrange(ODD, c));
    FloatVector e = FloatVector.fromArray(SPECIES, x, at + 4 * step);
    FloatVector f = FloatVector.fromArray(SPECIES, x, at + 5 * step);
    e = e.rearrange(EVEN, f).add(e.rearrange(ODD, f));
    FloatVector g = FloatVector.fromArray(SPECIES, x, at + 6 * step);
    FloatVector h = FloatVector.fromArray(SPECIES, x, at + 7 * step);
    g = g.rearrange(EVEN, h).add(g.rearrange(ODD, h));
    e = e.rearrange(EVEN, g).add(e.rearrange(ODD, g));
    a = a.rearrange(EVEN, e).add(a.rearrange(ODD, e));
    FloatVector i = FloatVector.fromArray(SPECIES, x, at + 8 * step);
    FloatVector j = FloatVector.fromArray(SPECIES, x, at + 9 * step);
    i = i.rearrange(EVEN, j).add(i.rearrange(ODD, j));
    FloatVector k = FloatVector.fromArray(SPECIES, x, at + 10 * step);
    FloatVector l = FloatVector.fromArray(SPECIES, x, at + 11 * step);
    k = k.rearrange(EVEN, l).add(k.rearrange(ODD, l));
    i = i.rearrange(EVEN, k).add(i.rearrange(ODD, k));
    FloatVector m = FloatVector.fromArray(SPECIES, x, at + 12 * step);
    FloatVector n = FloatVector.fromArray(SPECIES, x, at + 13 * step);
    m = m.rearrange(EVEN, n).add(m.rearrange(ODD, n));
    FloatVector o = FloatVector.fromArray(SPECIES, x, at + 14 * step);
    FloatVector p = FloatVector.fromArray(SPECIES, x, at + 15 * step);
    o = o.rearrange(EVEN, p).add(o.rearrange(ODD, p));
    m = m.rearrange(EVEN, o).add(m.rearrange(ODD, o));
    i = i.rearrange(EVEN, m).add(i.rearrange(ODD, m));
    a = a.rearrange(EVEN, i).add(a.rearrange(ODD, i));
    a.intoArray(out, to);
  }
}
