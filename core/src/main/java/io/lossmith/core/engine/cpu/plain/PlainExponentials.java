package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import java.util.Arrays;

/** Loops around e to the power x that share it between several results or several rows. */
final class PlainExponentials {
  private PlainExponentials() {}

  /** The sigmoid of a and ln(1 + e), e = e to the power −|a|. */
  static void logistic(
      float[] a, int ao, float[] sigmoid, int so, float[] softplus, int po, int n) {
    Scratch s = Scratch.mine();
    float[] x = s.x;
    float[] e = s.y;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, x, 0, m);
      PlainFunctions.expOfMinusSize(s, m);
      PlainFunctions.sigmoid(x, e, m);
      System.arraycopy(x, 0, sigmoid, so + from, m);
      PlainFunctions.logOfOnePlus(e, m);
      System.arraycopy(e, 0, softplus, po + from, m);
    }
  }

  /** out = e^(a − m) · s. */
  static void scaledExp(
      float[] a, int ao, float[] m, int mo, float[] s, int so, float[] out, int oo, int n) {
    Scratch scratch = Scratch.mine();
    float[] x = scratch.x;
    float[] y = scratch.y;
    for (int from = 0; from < n; from += BLOCK) {
      int k = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, x, 0, k);
      System.arraycopy(m, mo + from, y, 0, k);
      for (int i = 0; i < k; i++) {
        x[i] -= y[i];
      }
      PlainFunctions.exp(scratch, x, k);
      System.arraycopy(s, so + from, x, 0, k);
      for (int i = 0; i < k; i++) {
        y[i] *= x[i];
      }
      System.arraycopy(y, 0, out, oo + from, k);
    }
  }

  /** out = e^(a − m) row by row, and sum its sum over rows. */
  static void expRows(
      float[] a,
      int ao,
      int as,
      float[] m,
      int mo,
      boolean isBelowOne,
      float[] out,
      int oo,
      int os,
      float[] sum,
      int so,
      int rows,
      int n) {
    Scratch s = Scratch.mine();
    float[] x = s.x;
    float[] y = s.y;
    float[] less = s.shared;
    float[] total = s.total;
    for (int from = 0; from < n; from += BLOCK) {
      int k = Math.min(BLOCK, n - from);
      System.arraycopy(m, mo + from, less, 0, k);
      Arrays.fill(total, 0, k, 0f);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(a, ao + r * as + from, x, 0, k);
        for (int i = 0; i < k; i++) {
          x[i] -= less[i];
        }
        if (isBelowOne) {
          PlainFunctions.expBelowOne(s, x, k);
        } else {
          PlainFunctions.exp(s, x, k);
        }
        for (int i = 0; i < k; i++) {
          total[i] += y[i];
        }
        System.arraycopy(y, 0, out, oo + r * os + from, k);
      }
      System.arraycopy(total, 0, sum, so + from, k);
    }
  }
}
