package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.Kernels;
import io.lossmith.core.engine.cpu.LabelKernels;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Unary;
import java.util.Arrays;

/** Kernels in plain Java. */
public final class PlainKernels implements Kernels {
  private final LabelKernels labels = new PlainLabelKernels();

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public LabelKernels labels() {
    return labels;
  }

  @Override
  public void unary(Unary op, float[] a, int ao, float[] out, int oo, int n) {
    PlainUnary.run(op, a, ao, out, oo, n);
  }

  @Override
  public void logistic(
      float[] a, int ao, float[] sigmoid, int so, float[] softplus, int po, int n) {
    PlainUnary.run(Unary.ABS, a, ao, softplus, po, n);
    PlainUnary.run(Unary.NEGATE, softplus, po, softplus, po, n);
    PlainUnary.run(Unary.SOFTPLUS, softplus, po, softplus, po, n);
    PlainUnary.run(Unary.SIGMOID, a, ao, sigmoid, so, n);
  }

  @Override
  public void scaledExp(
      float[] a, int ao, float[] m, int mo, float[] s, int so, float[] out, int oo, int n) {
    PlainBinary.run(Binary.SUBTRACT, a, ao, m, mo, out, oo, n);
    PlainUnary.run(Unary.EXP, out, oo, out, oo, n);
    PlainBinary.run(Binary.MULTIPLY, out, oo, s, so, out, oo, n);
  }

  @Override
  public void binary(Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    PlainBinary.run(op, a, ao, b, bo, out, oo, n);
  }

  @Override
  public void binary(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    PlainBinaryRight.run(op, a, ao, b, out, oo, n);
  }

  @Override
  public void binary(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    PlainBinaryLeft.run(op, a, b, bo, out, oo, n);
  }

  @Override
  public void where(
      float[] condition, int co, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = condition[co + i] != 0 ? a[ao + i] : b[bo + i];
    }
  }

  @Override
  public void where(
      float[] condition, int co, float a, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = condition[co + i] != 0 ? a : b[bo + i];
    }
  }

  @Override
  public void where(
      float[] condition, int co, float[] a, int ao, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = condition[co + i] != 0 ? a[ao + i] : b;
    }
  }

  @Override
  public void where(float[] condition, int co, float a, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = condition[co + i] != 0 ? a : b;
    }
  }

  @Override
  public void multiplyAdd(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] * b[bo + i] + c[co + i];
    }
  }

  @Override
  public void multiplyAdd(
      float[] a, int ao, float b, float[] c, int co, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] * b + c[co + i];
    }
  }

  @Override
  public void multiplyAdd(
      float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] * b[bo + i] + c;
    }
  }

  @Override
  public void multiplyAdd(float[] a, int ao, float b, float c, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = a[ao + i] * b + c;
    }
  }

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
      Fold fold, float[] a, int ao, int stride, int rows, float[] out, int oo, int n) {
    PlainFolds.rows(fold, a, ao, stride, rows, out, oo, n);
  }

  @Override
  public void foldInto(
      Fold fold, float[] a, int ao, float[] copy, int co, float[] folded, int fo, int n) {
    System.arraycopy(a, ao, copy, co, n);
    PlainFolds.join(fold, a, ao, folded, fo, n);
  }

  @Override
  public void dotRows(
      float[] a, int ao, int as, float[] b, int bo, int bs, int rows, float[] out, int oo, int n) {
    PlainFolds.dotRows(a, ao, as, b, bo, bs, rows, out, oo, n);
  }

  @Override
  public void expRows(
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
    Arrays.fill(sum, so, so + n, 0f);
    for (int r = 0; r < rows; r++) {
      int from = ao + r * as;
      int to = oo + r * os;
      for (int i = 0; i < n; i++) {
        out[to + i] = a[from + i] - m[mo + i];
      }
      PlainUnary.run(Unary.EXP, out, to, out, to, n);
      PlainFolds.join(Fold.SUM, out, to, sum, so, n);
    }
  }
}
