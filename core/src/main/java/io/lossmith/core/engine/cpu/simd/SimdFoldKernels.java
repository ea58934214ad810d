package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;

import io.lossmith.core.engine.cpu.kernel.FoldKernels;
import io.lossmith.core.engine.cpu.kernel.LabelKernels;
import io.lossmith.core.engine.cpu.kernel.LabelTable;
import io.lossmith.core.op.Fold;

/** Folds over vectors; short stretches, and what is left of a long one, as {@link SimdKernels}. */
final class SimdFoldKernels implements FoldKernels {
  private final FoldKernels plain;

  SimdFoldKernels(FoldKernels plain) {
    this.plain = plain;
  }

  @Override
  public float fold(Fold fold, float[] a, int ao, int n) {
    return n < SimdKernels.SHORT ? plain.fold(fold, a, ao, n) : SimdFolds.fold(fold, a, ao, n);
  }

  @Override
  public float dot(float[] a, int ao, float[] b, int bo, int n) {
    return n < SimdKernels.SHORT ? plain.dot(a, ao, b, bo, n) : SimdFolds.dot(a, ao, b, bo, n);
  }

  @Override
  public float distance(float[] a, int ao, float[] b, int bo, int n) {
    return n < SimdKernels.SHORT
        ? plain.distance(a, ao, b, bo, n)
        : SimdFolds.distance(a, ao, b, bo, n);
  }

  @Override
  public void foldRows(
      Fold fold, float[][] a, int ao, int as, int rows, float[] out, int oo, int n) {
    if (n < SimdKernels.SHORT || rows == 0) {
      plain.foldRows(fold, a, ao, as, rows, out, oo, n);
    } else {
      SimdRows.fold(fold, a[0], ao, as, rows, out, oo, n);
    }
  }

  @Override
  public void foldInto(
      Fold fold, float[] a, int ao, float[] copy, int co, float[] folded, int fo, int n) {
    if (n < SimdKernels.SHORT) {
      plain.foldInto(fold, a, ao, copy, co, folded, fo, n);
    } else {
      SimdRows.foldInto(fold, a, ao, copy, co, folded, fo, n);
    }
  }

  @Override
  public void maxTwoInto(
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
    SimdRows.maxTwoInto(a, ao, bo, copy, co, other, to, folded, fo, n);
  }

  @Override
  public void dotRows(
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
    if (n < SimdKernels.SHORT || rows == 0) {
      plain.dotRows(a, ao, as, b, bo, bs, rows, out, oo, n);
    } else {
      SimdRows.dot(a[0], ao, as, b[0], bo, bs, rows, out, oo, n);
    }
  }

  @Override
  public void expRows(
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
    int whole = n - n % LANES;
    float[] x = a[0];
    float[] e = out[0];
    if (isBelowOne) {
      SimdExponentials.expBelowOne(x, ao, as, m, mo, e, oo, os, sum, so, rows, whole);
    } else {
      SimdExponentials.exp(x, ao, as, m, mo, e, oo, os, sum, so, rows, whole);
    }
    if (whole < n) {
      int ae = ao + whole;
      int oe = oo + whole;
      ScalarLoops.expRows(x, ae, as, m, mo + whole, e, oe, os, sum, so + whole, rows, n - whole);
    }
  }

  @Override
  public void scaledExp(
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
    int whole = n - n % LANES;
    SimdExponentials.scaledExp(a, ao, m, mo, isBelowOne, s, so, out, oo, whole);
    if (whole < n) {
      int ae = ao + whole;
      ScalarLoops.scaledExp(a, ae, m, mo + whole, s, so + whole, out, oo + whole, n - whole);
    }
  }

  @Override
  public void softmaxLabelGradient(
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
    int w = n < SimdKernels.SHORT || !table.isFinite() ? 0 : n - n % LANES;
    SimdSoftmaxLabels.gradient(
        table, label, lo, a[0], ao, as, m, mo, f, fo, more, p[0], po, ps, s, so, out[0], oo, os, w);
    if (w < n) {
      int mw = mo + w;
      int fw = fo + w;
      FoldKernels.super.softmaxLabelGradient(
          labels, table, label, lo + w, a, ao + w, as, m, mw, f, fw, more, p, po, ps, s, so, out,
          oo + w, os, n - w);
    }
  }

  @Override
  public void softmaxGradient(
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
    if (n < SimdKernels.SHORT || rows == 0) {
      plain.softmaxGradient(g, go, gs, p, po, ps, mean, mo, rest, ro, out, oo, os, rows, n);
    } else {
      SimdSoftmaxGradient.run(
          g[0], go, gs, p[0], po, ps, mean, mo, rest, ro, out[0], oo, os, rows, n);
    }
  }
}
