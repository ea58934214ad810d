package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.Rows;
import java.util.Arrays;

/** Loops around e to the power x that share it between several results or several rows. */
final class PlainExponentials {
  private PlainExponentials() {}

  /** The sigmoid of a and ln(1 + e), e = e to the power −|a|. */
  static void logistic(
      float[] a, int ao, float[] sigmoid, int so, float[] softplus, int po, int n) {
    Scratch s = Scratch.mine();
    float[] e = s.y;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      PlainFunctions.expOfMinusSize(s, x, m);
      float[] p = Scratch.target(sigmoid, so + from, s.x);
      PlainFunctions.sigmoid(x, e, p, m);
      Scratch.bring(p, sigmoid, so + from, m);
      float[] to = Scratch.target(softplus, po + from, e);
      PlainFunctions.logOfOnePlus(e, to, m);
      Scratch.bring(to, softplus, po + from, m);
    }
  }

  /** out = e^(a − m) · s. */
  static void scaledExp(
      float[] a,
      int ao,
      float[] m,
      int mo,
      boolean isBelowOne,
      float[] s,
      int so,
      float[] out,
      int oo,
      int n) {
    Scratch scratch = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int k = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, scratch.x, k);
      float[] less = Scratch.atStart(m, mo + from, scratch.shared, k);
      float[] times = Scratch.atStart(s, so + from, scratch.total, k);
      float[] to = Scratch.target(out, oo + from, scratch.x);
      PlainFunctions.scaledExpOfDifference(scratch, x, less, isBelowOne, times, to, k);
      Scratch.bring(to, out, oo + from, k);
    }
  }

  /** out = e^(a − m) row by row, and sum its sum over rows. */
  static void expRows(
      float[][] a,
      int ao,
      int as,
      float[] m,
      int mo,
      boolean isBelowOne,
      float[][] out,
      int oo,
      int os,
      float[] sum,
      int so,
      int rows,
      int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int k = Math.min(BLOCK, n - from);
      float[] less = Scratch.atStart(m, mo + from, s.shared, k);
      float[] total = Scratch.target(sum, so + from, s.total);
      Arrays.fill(total, 0, k, 0f);
      for (int r = 0; r < rows; r++) {
        float[] x = Scratch.atStart(Rows.array(a, r), ao + r * as + from, s.x, k);
        float[] written = Rows.array(out, r);
        float[] to = Scratch.target(written, oo + r * os + from, s.x);
        PlainFunctions.expOfDifference(s, x, less, isBelowOne, to, total, k);
        Scratch.bring(to, written, oo + r * os + from, k);
      }
      Scratch.bring(total, sum, so + from, k);
    }
  }
}
