package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Fold;
import java.util.Arrays;

/** Folds across rows, element by element: block by block, one row after the other. */
final class PlainRows {
  private PlainRows() {}

  static void fold(Fold fold, float[] a, int ao, int stride, int rows, float[] out, int oo, int n) {
    if (rows == 0) {
      Arrays.fill(out, oo, oo + n, (float) fold.start());
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, s.x, 0, m);
      for (int r = 1; r < rows; r++) {
        System.arraycopy(a, ao + r * stride + from, s.y, 0, m);
        joinInPlace(fold, s.x, s.y, m);
      }
      System.arraycopy(s.x, 0, out, oo + from, m);
    }
  }

  /** out = fold(out, a). */
  static void join(Fold fold, float[] a, int ao, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(out, oo + from, s.x, 0, m);
      System.arraycopy(a, ao + from, s.y, 0, m);
      joinInPlace(fold, s.x, s.y, m);
      System.arraycopy(s.x, 0, out, oo + from, m);
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
      float[] a, int ao, int as, float[] b, int bo, int bs, int rows, float[] out, int oo, int n) {
    if (rows == 0) {
      Arrays.fill(out, oo, oo + n, 0f);
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      Arrays.fill(s.z, 0, m, -0f); // with which the first product keeps its bits
      for (int r = 0; r < rows; r++) {
        System.arraycopy(a, ao + r * as + from, s.x, 0, m);
        System.arraycopy(b, bo + r * bs + from, s.y, 0, m);
        addProduct(s.z, s.x, s.y, m);
      }
      System.arraycopy(s.z, 0, out, oo + from, m);
    }
  }

  /** sum = sum + x · y. */
  static void addProduct(float[] sum, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += x[i] * y[i];
    }
  }

  static void softmaxGradient(
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
    dot(g, go, gs, p, po, ps, rows, mean, mo, n);
    Scratch s = Scratch.mine();
    float[] less = s.z;
    float[] sum = s.total;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(mean, mo + from, less, 0, m);
      Arrays.fill(sum, 0, m, -0f); // with which the first product keeps its bits
      for (int r = 0; r < rows; r++) {
        System.arraycopy(g, go + r * gs + from, s.x, 0, m);
        System.arraycopy(p, po + r * ps + from, s.y, 0, m);
        subtract(s.x, less, m);
        addProduct(sum, s.x, s.y, m);
      }
      System.arraycopy(sum, 0, rest, ro + from, m);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(g, go + r * gs + from, s.x, 0, m);
        System.arraycopy(p, po + r * ps + from, s.y, 0, m);
        subtract(s.x, less, m);
        multiplyLess(s.x, sum, s.y, m);
        System.arraycopy(s.x, 0, out, oo + r * os + from, m);
      }
    }
  }

  private static void subtract(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] -= y[i];
    }
  }

  /** x = (x − less) · y. */
  private static void multiplyLess(float[] x, float[] less, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - less[i]) * y[i];
    }
  }
}
