package io.lossmith.core.engine.cpu.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Loops over tiles whose places have a class label each: what losses against class indices come
 * down to, without an array of ones and zeros. {@linkplain Rows Rows} lie as those of {@link
 * FoldKernels} do. A label that equals no row's number belongs to no row. Built as {@link Kernels}
 * are.
 */
public interface LabelKernels {
  /** out = label = number ? a : b, for one row. */
  void choose(float[] label, int lo, float number, float a, float b, float[] out, int oo, int n);

  /** out[i] = Σ over the rows of a[i] − less[i] where label[i] is the row's. */
  void lookup(
      LabelTable table,
      float[] label,
      int lo,
      float[][] a,
      int ao,
      int as,
      float @Nullable [] less,
      int mo,
      float[] out,
      int oo,
      int n);

  /** sums[place + r] = how many labels are row r's. */
  void counts(LabelTable table, float[] label, int lo, int n, double[] sums, int place);

  /** sums[place + r] = Σ a · times in row r where label is the row's; times may be missing. */
  void sums(
      LabelTable table,
      float[] label,
      int lo,
      float[][] a,
      int ao,
      int as,
      float @Nullable [] times,
      int to,
      int n,
      double[] sums,
      int place);

  /** sums[all + r] = Σ a · times in row r; sums[here + r] the same where label is the row's. */
  void dots(
      LabelTable table,
      float[] label,
      int lo,
      float[][] a,
      int ao,
      int as,
      float[] times,
      int to,
      int n,
      double[] sums,
      int all,
      int here);

  /** out[i] = Σ over the rows of x[i] · (label[i] is the row's ? chosen : otherwise). */
  void chosenDot(
      LabelTable table,
      float[] label,
      int lo,
      float[][] x,
      int xo,
      int xs,
      float[] out,
      int oo,
      int n);

  /**
   * In each row out = p · ((label is the row's ? chosen : otherwise) − s + more) + (label is the
   * row's ? addedChosen : added): how a softmax hands on a gradient that differs at the label only.
   * Sums keep their bits where {@code more} or both addends are −0: for none.
   */
  void gradient(
      LabelTable table,
      float[] label,
      int lo,
      float[][] p,
      int po,
      int ps,
      float[] s,
      int so,
      float more,
      float[][] out,
      int oo,
      int os,
      int n);
}
