package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.LabelKernels;
import java.util.Arrays;

/** What depends on class labels, in plain Java. */
final class PlainLabelKernels implements LabelKernels {
  @Override
  public void choose(
      float[] label, int lo, float number, float a, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = label[lo + i] == number ? a : b;
    }
  }

  @Override
  public float sum(float[] a, int ao, float[] label, int lo, float number, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (label[lo + i] == number) {
        sum += a[ao + i];
      }
    }
    return (float) sum;
  }

  @Override
  public float dot(
      float[] a, int ao, float[] b, int bo, float[] label, int lo, float number, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (label[lo + i] == number) {
        sum += a[ao + i] * b[bo + i];
      }
    }
    return (float) sum;
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
    sums[all] = PlainFolds.dot(a, ao, b, bo, n);
    sums[here] = dot(a, ao, b, bo, label, lo, number, n);
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
    for (int i = 0; i < n; i++) {
      sum[so + i] += x[xo + i] * (label[lo + i] == number ? a : b);
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
    for (int i = 0; i < n; i++) {
      boolean here = label[lo + i] == number;
      out[oo + i] = p[po + i] * ((here ? a : b) - s[so + i] + more) + (here ? c : d);
    }
  }

  @Override
  public int count(float[] label, int lo, float number, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += label[lo + i] == number ? 1 : 0;
    }
    return count;
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
    Arrays.fill(out, oo, oo + n, 0f);
    for (int r = 0; r < rows; r++) {
      float sought = number[no + r * ns];
      for (int i = 0; i < n; i++) {
        if (label[lo + i] == sought) {
          out[oo + i] += a[ao + r * as + i];
        }
      }
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
    Arrays.fill(out, oo, oo + n, 0f);
    for (int r = 0; r < rows; r++) {
      float sought = number[no + r * ns];
      for (int i = 0; i < n; i++) {
        if (label[lo + i] == sought) {
          out[oo + i] += a[ao + r * as + i] - less[mo + i];
        }
      }
    }
  }
}
