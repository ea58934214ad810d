package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.SimdKernels.SHORT;

import io.lossmith.core.engine.cpu.LabelKernels;

/** What depends on class labels, with vectors; short stretches in plain Java. */
final class SimdLabelKernels implements LabelKernels {
  private final LabelKernels plain;

  SimdLabelKernels(LabelKernels plain) {
    this.plain = plain;
  }

  @Override
  public void choose(
      float[] label, int lo, float number, float a, float b, float[] out, int oo, int n) {
    if (n < SHORT) {
      plain.choose(label, lo, number, a, b, out, oo, n);
    } else {
      SimdLabels.choose(label, lo, number, a, b, out, oo, n);
    }
  }

  @Override
  public float sum(float[] a, int ao, float[] label, int lo, float number, int n) {
    return n < SHORT
        ? plain.sum(a, ao, label, lo, number, n)
        : SimdLabels.sum(a, ao, label, lo, number, n);
  }

  @Override
  public float dot(
      float[] a, int ao, float[] b, int bo, float[] label, int lo, float number, int n) {
    return n < SHORT
        ? plain.dot(a, ao, b, bo, label, lo, number, n)
        : SimdLabels.dot(a, ao, b, bo, label, lo, number, n);
  }

  @Override
  public void dots(
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
      int here) {
    if (n < SHORT) {
      plain.dots(a, ao, b, bo, label, lo, number, n, sums, all, here);
    } else {
      SimdLabels.dots(a, ao, b, bo, label, lo, number, n, sums, all, here);
    }
  }

  @Override
  public int count(float[] label, int lo, float number, int n) {
    return n < SHORT ? plain.count(label, lo, number, n) : SimdLabels.count(label, lo, number, n);
  }

  @Override
  public void addChosen(
      float[] label,
      int lo,
      float number,
      float a,
      float b,
      float[] x,
      int xo,
      float[] sum,
      int so,
      int n) {
    if (n < SHORT) {
      plain.addChosen(label, lo, number, a, b, x, xo, sum, so, n);
    } else {
      SimdLabels.addChosen(label, lo, number, a, b, x, xo, sum, so, n);
    }
  }

  @Override
  public void gradient(
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
      int n) {
    if (n < SHORT) {
      plain.gradient(label, lo, number, a, b, c, d, p, po, s, so, more, out, oo, n);
    } else {
      SimdLabels.gradient(label, lo, number, a, b, c, d, p, po, s, so, more, out, oo, n);
    }
  }

  @Override
  public void lookup(
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
      int n) {
    if (n < SHORT) {
      plain.lookup(a, ao, as, label, lo, number, no, ns, rows, out, oo, n);
    } else {
      SimdLabels.lookup(a, ao, as, label, lo, number, no, ns, rows, out, oo, n);
    }
  }

  @Override
  public void lookup(
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
      int n) {
    if (n < SHORT) {
      plain.lookup(a, ao, as, less, mo, label, lo, number, no, ns, rows, out, oo, n);
    } else {
      SimdLabels.lookup(a, ao, as, less, mo, label, lo, number, no, ns, rows, out, oo, n);
    }
  }
}
