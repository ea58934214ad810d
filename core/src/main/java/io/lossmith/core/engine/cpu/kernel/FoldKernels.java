package io.lossmith.core.engine.cpu.kernel;

import io.lossmith.core.op.Fold;

/**
 * Folds of stretches, and across rows, as {@link Kernels} hands them out. Only the sums along a
 * stretch depend on its length; a fold across rows takes them in their order.
 *
 * <p>{@linkplain Rows Rows} lie in one array, where row r begins at the offset plus r times the
 * stride, or in one array each. Loops that count on vectors want them all in one.
 */
public interface FoldKernels {
  /** Returns the fold of a stretch; {@link Fold#start()} where n is 0. */
  float fold(Fold fold, float[] a, int ao, int n);

  /** Returns Σ a · b, without storing the products. */
  float dot(float[] a, int ao, float[] b, int bo, int n);

  /** Returns Σ |a − b|, without storing the differences. */
  float distance(float[] a, int ao, float[] b, int bo, int n);

  /** out[i] = fold over r of a[r][i]: a fold across rows, element by element. */
  void foldRows(Fold fold, float[][] a, int ao, int as, int rows, float[] out, int oo, int n);

  /** copy = a and folded = fold(folded, a), element by element. */
  void foldInto(Fold fold, float[] a, int ao, float[] copy, int co, float[] folded, int fo, int n);

  /**
   * The same with the greatest of two rows, both of {@code a}: memory hands over two rows at a time
   * sooner than one after the other.
   */
  default void maxTwoInto(
      float[] a,
      int ao,
      int bo,
      float[] copy,
      int co,
      float[] other,
      int to,
      float[] folded,
      int fo,
      int n) {
    foldInto(Fold.MAX, a, ao, copy, co, folded, fo, n);
    foldInto(Fold.MAX, a, bo, other, to, folded, fo, n);
  }

  /** out[i] = Σ over r of a[r][i] · b[r][i]. */
  void dotRows(
      float[][] a,
      int ao,
      int as,
      float[][] b,
      int bo,
      int bs,
      int rows,
      float[] out,
      int oo,
      int n);

  /**
   * out[r][i] = e^(a[r][i] − m[i]), and sum[i] its sum over r: softmax's numerator. {@code out} may
   * be {@code a}, at the same place.
   *
   * @param isBelowOne whether a − m is 0 or less everywhere, or NaN
   */
  void expRows(
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
      int n);

  /**
   * out = e^(a − m) · s: a row of softmax, where largest logits and sums are known.
   *
   * @param isBelowOne whether a − m is 0 or less everywhere, or NaN
   */
  void scaledExp(
      float[] a,
      int ao,
      float[] m,
      int mo,
      boolean isBelowOne,
      float[] s,
      int so,
      float[] out,
      int oo,
      int n);

  /**
   * The {@linkplain LabelKernels#gradient gradient} where p = e^(a − m) · f, a − m being 0 or less
   * or NaN, and s is {@linkplain LabelKernels#chosenDot the sum} of p times the same choice: what
   * flows back to logits whose softmax is computed again. {@code out} may be {@code a}, at the same
   * place, and must lie on nothing else that is read: it may hold p on the way.
   *
   * @param labels of the same kernels
   * @param p room for n elements of each row, whatever it is used for, and {@code s} for n
   */
  default void softmaxLabelGradient(
      LabelKernels labels,
      LabelTable table,
      float[] label,
      int lo,
      float[][] a,
      int ao,
      int as,
      float[] m,
      int mo,
      float[] f,
      int fo,
      float more,
      float[][] p,
      int po,
      int ps,
      float[] s,
      int so,
      float[][] out,
      int oo,
      int os,
      int n) {
    for (int r = 0; r < table.rows(); r++) {
      float[] to = Rows.array(p, r);
      scaledExp(Rows.array(a, r), ao + r * as, m, mo, true, f, fo, to, po + r * ps, n);
    }
    labels.chosenDot(table, label, lo, p, po, ps, s, so, n);
    labels.gradient(table, label, lo, p, po, ps, s, so, more, out, oo, os, n);
  }

  /**
   * out[r][i] = p · (d − Σ d · p), where d = g − Σ g · p, the sums over r: what flows back through
   * a softmax. {@code out} may be {@code g} or {@code p}, at the same place.
   *
   * @param mean room for the first sums, and {@code rest} for the second
   */
  void softmaxGradient(
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
      int n);
}
