package io.lossmith.core.engine.cpu;

/**
 * Short loops over stretches whose places have a class label each: what losses against class
 * indices come down to, without an array of ones and zeros. A label that equals no number belongs
 * to no row. Built as {@link Kernels} are.
 */
public interface LabelKernels {
  /** out = label = number ? a : b. */
  void choose(float[] label, int lo, float number, float a, float b, float[] out, int oo, int n);

  /** Returns Σ a where label = number. */
  float sum(float[] a, int ao, float[] label, int lo, float number, int n);

  /** Returns Σ a · b where label = number. */
  float dot(float[] a, int ao, float[] b, int bo, float[] label, int lo, float number, int n);

  /** sums[all] = Σ a · b, and sums[here] the same where label = number. */
  void dots(
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] label,
      int lo,
      float number,
      int n,
      double[] sums,
      int all,
      int here);

  /** Returns how often label = number. */
  int count(float[] label, int lo, float number, int n);

  /** sum = sum + x · (label = number ? a : b). */
  void addChosen(
      float[] label,
      int lo,
      float number,
      float a,
      float b,
      float[] x,
      int xo,
      float[] sum,
      int so,
      int n);

  /**
   * out = p · ((label = number ? a : b) − s + more) + (label = number ? c : d): how a softmax hands
   * on a gradient that differs at the label only.
   */
  void gradient(
      float[] label,
      int lo,
      float number,
      float a,
      float b,
      float c,
      float d,
      float[] p,
      int po,
      float[] s,
      int so,
      float more,
      float[] out,
      int oo,
      int n);

  /** out[i] = Σ over r of a[ao + r · as + i] where label[i] = number[no + r · ns]. */
  void lookup(
      float[] a,
      int ao,
      int as,
      float[] label,
      int lo,
      float[] number,
      int no,
      int ns,
      int rows,
      float[] out,
      int oo,
      int n);

  /** out[i] = Σ over r of a[ao + r · as + i] − less[i] where label[i] = number[no + r · ns]. */
  void lookup(
      float[] a,
      int ao,
      int as,
      float[] less,
      int mo,
      float[] label,
      int lo,
      float[] number,
      int no,
      int ns,
      int rows,
      float[] out,
      int oo,
      int n);
}
