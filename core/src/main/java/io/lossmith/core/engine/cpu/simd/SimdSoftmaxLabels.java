package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.engine.cpu.kernel.LabelTable;
import jdk.incubator.vector.FloatVector;

/**
 * What flows back through a softmax from a gradient that differs at the label: of whole vectors.
 */
final class SimdSoftmaxLabels {
  /**
   * So many places at a time: while they are computed, the processor brings the next few lines of
   * each row on its own. It looks no farther ahead.
   */
  private static final int BLOCK = 128;

  /**
   * The next lines of more rows, often powers of two apart, would drive each other out. Of those
   * the powers lie on the gradient that comes after them: so less memory is gone through.
   */
  private static final int FEW_ROWS = 4;

  private SimdSoftmaxLabels() {}

  static void gradient(
      LabelTable table,
      float[] label,
      int lo,
      float[] a,
      int ao,
      int as,
      float[] m,
      int mo,
      float[] f,
      int fo,
      float more,
      float[] p,
      int po,
      int ps,
      float[] s,
      int so,
      float[] out,
      int oo,
      int os,
      int n) {
    if (table.rows() > FEW_ROWS) {
      if (!Lanes.ADDRESSES_WELL && SimdSoftmaxCopies.haveRoom(table.rows(), ps, n)) {
        SimdSoftmaxCopies.gradient(
            table, label, lo, a, ao, as, m, mo, f, fo, more, p, po, out, oo, os, n);
        return;
      }
      powers(table, label, lo, a, ao, as, m, mo, f, fo, out, oo, os, s, so, n);
      gradients(table, label, lo, out, oo, os, s, so, more, out, oo, os, n);
      return;
    }
    int bs = Math.min(BLOCK, n);
    for (int from = 0; from < n; from += BLOCK) {
      int k = Math.min(BLOCK, n - from);
      powers(
          table, label, lo + from, a, ao + from, as, m, mo + from, f, fo + from, p, po, bs, s, so,
          k);
      gradients(table, label, lo + from, p, po, bs, s, so, more, out, oo + from, os, k);
    }
  }

  /** The powers, each times its factor, and the sums of what was chosen of them. */
  private static void powers(
      LabelTable table,
      float[] label,
      int lo,
      float[] a,
      int ao,
      int as,
      float[] m,
      int mo,
      float[] f,
      int fo,
      float[] p,
      int po,
      int ps,
      float[] s,
      int so,
      int n) {
    FloatVector none = FloatVector.broadcast(SPECIES, -0f); // keeps the first product's bits
    for (int i = 0; i < n; i += LANES) {
      none.intoArray(s, so + i);
    }
    for (int r = 0; r < table.rows(); r++) {
      FloatVector sought = FloatVector.broadcast(SPECIES, table.number[r]);
      FloatVector chosen = FloatVector.broadcast(SPECIES, table.chosen[r]);
      FloatVector otherwise = FloatVector.broadcast(SPECIES, table.otherwise[r]);
      int x = ao + r * as;
      int y = po + r * ps;
      for (int i = 0; i < n; i += LANES) {
        FloatVector e =
            SimdMath.expBelowOne(
                    FloatVector.fromArray(SPECIES, a, x + i)
                        .sub(FloatVector.fromArray(SPECIES, m, mo + i)))
                .mul(FloatVector.fromArray(SPECIES, f, fo + i));
        e.intoArray(p, y + i);
        FloatVector factor =
            SimdMatches.choose(
                FloatVector.fromArray(SPECIES, label, lo + i), sought, chosen, otherwise);
        FloatVector.fromArray(SPECIES, s, so + i).add(e.mul(factor)).intoArray(s, so + i);
      }
    }
  }

  private static void gradients(
      LabelTable table,
      float[] label,
      int lo,
      float[] p,
      int po,
      int ps,
      float[] s,
      int so,
      float more,
      float[] out,
      int oo,
      int os,
      int n) {
    for (int r = 0; r < table.rows(); r++) {
      SimdLabels.gradient(
          label,
          lo,
          table.number[r],
          table.chosen[r],
          table.otherwise[r],
          table.addedChosen[r],
          table.added[r],
          p,
          po + r * ps,
          s,
          so,
          more,
          out,
          oo + r * os,
          n);
    }
  }
}
