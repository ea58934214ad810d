package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.Rows;
import io.lossmith.core.op.Fold;
import java.util.Arrays;

/** Folds across rows, element by element: block by block, one row after the other. */
final class PlainRows {
  private PlainRows() {}

  static void fold(Fold fold, float[][] a, int ao, int as, int rows, float[] out, int oo, int n) {
    if (rows == 0) {
      Arrays.fill(out, oo, oo + n, (float) fold.start());
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] to = Scratch.target(out, oo + from, s.x);
      System.arraycopy(Rows.array(a, 0), ao + from, to, 0, m);
      for (int r = 1; r < rows; r++) {
        float[] y = Scratch.atStart(Rows.array(a, r), ao + r * as + from, s.y, m);
        joinInPlace(fold, to, y, m);
      }
      Scratch.bring(to, out, oo + from, m);
    }
  }

  /** out = fold(out, a). */
  static void join(Fold fold, float[] a, int ao, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] to = Scratch.atStart(out, oo + from, s.x, m);
      joinInPlace(fold, to, Scratch.atStart(a, ao + from, s.y, m), m);
      Scratch.bring(to, out, oo + from, m);
    }
  }

  private static int joinInPlace(Fold fold, float[] x, float[] y, int n) {
    return switch (fold) {
      case SUM -> add(x, y, n);
      case MAX -> joinMax(x, y, n);
      case MIN -> joinMin(x, y, n);
    };
  }

  /** x = x + y. */
  static int add(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] += y[i];
    }
    return n;
  }

  private static int joinMax(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(x[i], y[i]);
    }
    return n;
  }

  private static int joinMin(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.min(x[i], y[i]);
    }
    return n;
  }

  static void dot(
      float[][] a,
      int ao,
      int as,
      float[][] b,
      int bo,
      int bs,
      int rows,
      float[] out,
      int oo,
      int n) {
    if (rows == 0) {
      Arrays.fill(out, oo, oo + n, 0f);
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] to = Scratch.target(out, oo + from, s.z);
      Arrays.fill(to, 0, m, -0f); // with which the first product keeps its bits
      for (int r = 0; r < rows; r++) {
        float[] x = Scratch.atStart(Rows.array(a, r), ao + r * as + from, s.x, m);
        float[] y = Scratch.atStart(Rows.array(b, r), bo + r * bs + from, s.y, m);
        addProduct(to, x, y, m);
      }
      Scratch.bring(to, out, oo + from, m);
    }
  }

  /** sum = sum + x · y. */
  static void addProduct(float[] sum, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += x[i] * y[i];
    }
  }

  static void softmaxGradient(
      float[][] g,
      int go,
      int gs,
      float[][] p,
      int po,
      int ps,
      float[] mean,
      int mo,
      float[] rest,
      int ro,
      float[][] out,
      int oo,
      int os,
      int rows,
      int n) {
    dot(g, go, gs, p, po, ps, rows, mean, mo, n);
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] less = Scratch.atStart(mean, mo + from, s.z, m);
      float[] sum = Scratch.target(rest, ro + from, s.total);
      Arrays.fill(sum, 0, m, -0f); // with which the first product keeps its bits
      for (int r = 0; r < rows; r++) {
        float[] x = Scratch.atStart(Rows.array(g, r), go + r * gs + from, s.x, m);
        float[] y = Scratch.atStart(Rows.array(p, r), po + r * ps + from, s.y, m);
        addProductOfDifference(sum, x, less, y, m);
      }
      Scratch.bring(sum, rest, ro + from, m);
      for (int r = 0; r < rows; r++) {
        float[] x = Scratch.atStart(Rows.array(g, r), go + r * gs + from, s.x, m);
        float[] y = Scratch.atStart(Rows.array(p, r), po + r * ps + from, s.y, m);
        float[] written = Rows.array(out, r);
        float[] to = Scratch.target(written, oo + r * os + from, s.x);
        multiplyLess(x, less, sum, y, to, m);
        Scratch.bring(to, written, oo + r * os + from, m);
      }
    }
  }

  /** sum = sum + (x − less) · y. */
  private static void addProductOfDifference(
      float[] sum, float[] x, float[] less, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += (x[i] - less[i]) * y[i];
    }
  }

  /** to = (x − less − rest) · y. */
  private static void multiplyLess(
      float[] x, float[] less, float[] rest, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = (x[i] - less[i] - rest[i]) * y[i];
    }
  }
}
