package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.FoldKernels;
import io.lossmith.core.op.Fold;

/** Folds in plain Java. */
final class PlainFoldKernels implements FoldKernels {
  @Override
  public float fold(Fold fold, float[] a, int ao, int n) {
    return PlainFolds.fold(fold, a, ao, n);
  }

  @Override
  public float dot(float[] a, int ao, float[] b, int bo, int n) {
    return PlainFolds.dot(a, ao, b, bo, n);
  }

  @Override
  public float distance(float[] a, int ao, float[] b, int bo, int n) {
    return PlainFolds.distance(a, ao, b, bo, n);
  }

  @Override
  public void foldRows(
      Fold fold, float[][] a, int ao, int as, int rows, float[] out, int oo, int n) {
    PlainRows.fold(fold, a, ao, as, rows, out, oo, n);
  }

  @Override
  public void foldInto(
      Fold fold, float[] a, int ao, float[] copy, int co, float[] folded, int fo, int n) {
    System.arraycopy(a, ao, copy, co, n);
    PlainRows.join(fold, copy, co, folded, fo, n);
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
    PlainRows.dot(a, ao, as, b, bo, bs, rows, out, oo, n);
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
    PlainExponentials.expRows(a, ao, as, m, mo, isBelowOne, out, oo, os, sum, so, rows, n);
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
    PlainExponentials.scaledExp(a, ao, m, mo, isBelowOne, s, so, out, oo, n);
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
    PlainRows.softmaxGradient(g, go, gs, p, po, ps, mean, mo, rest, ro, out, oo, os, rows, n);
  }
}
