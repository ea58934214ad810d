package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.SimdKernels.SHORT;

import io.lossmith.core.engine.cpu.kernel.LabelKernels;
import io.lossmith.core.engine.cpu.kernel.LabelTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What depends on class labels, with vectors; short stretches and infinite labels in plain Java.
 */
final class SimdLabelKernels implements LabelKernels {
  private final LabelKernels plain;

  SimdLabelKernels(LabelKernels plain) {
    this.plain = plain;
  }

  @Override
  public void choose(
      float[] label, int lo, float number, float a, float b, float[] out, int oo, int n) {
    if (n < SHORT || Float.isInfinite(number)) {
      plain.choose(label, lo, number, a, b, out, oo, n);
    } else {
      SimdLookups.choose(label, lo, number, a, b, out, oo, n);
    }
  }

  @Override
  public void lookup(
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
      int n) {
    if (isForPlain(table, n)) {
      plain.lookup(table, label, lo, a, ao, as, less, mo, out, oo, n);
    } else if (less == null) {
      SimdLookups.lookup(a[0], ao, as, label, lo, table.number, table.rows(), out, oo, n);
    } else {
      SimdLookups.lookup(a[0], ao, as, less, mo, label, lo, table.number, table.rows(), out, oo, n);
    }
  }

  @Override
  public void counts(LabelTable table, float[] label, int lo, int n, double[] sums, int place) {
    if (isForPlain(table, n)) {
      plain.counts(table, label, lo, n, sums, place);
      return;
    }
    for (int r = 0; r < table.rows(); r++) {
      sums[place + r] = SimdLabels.count(label, lo, table.number[r], n);
    }
  }

  @Override
  public void sums(
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
      int place) {
    if (isForPlain(table, n)) {
      plain.sums(table, label, lo, a, ao, as, times, to, n, sums, place);
      return;
    }
    for (int r = 0; r < table.rows(); r++) {
      float number = table.number[r];
      sums[place + r] =
          times == null
              ? SimdLabels.sum(a[0], ao + r * as, label, lo, number, n)
              : SimdLabels.dot(a[0], ao + r * as, times, to, label, lo, number, n);
    }
  }

  @Override
  public void dots(
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
      int here) {
    if (isForPlain(table, n)) {
      plain.dots(table, label, lo, a, ao, as, times, to, n, sums, all, here);
      return;
    }
    for (int r = 0; r < table.rows(); r++) {
      SimdLabels.dots(
          a[0], ao + r * as, times, to, label, lo, table.number[r], n, sums, all + r, here + r);
    }
  }

  @Override
  public void chosenDot(
      LabelTable table,
      float[] label,
      int lo,
      float[][] x,
      int xo,
      int xs,
      float[] out,
      int oo,
      int n) {
    if (isForPlain(table, n)) {
      plain.chosenDot(table, label, lo, x, xo, xs, out, oo, n);
      return;
    }
    Arrays.fill(out, oo, oo + n, -0f); // with which the first product keeps its bits
    for (int r = 0; r < table.rows(); r++) {
      float chosen = table.chosen[r];
      float otherwise = table.otherwise[r];
      SimdLabels.addChosen(
          label, lo, table.number[r], chosen, otherwise, x[0], xo + r * xs, out, oo, n);
    }
  }

  @Override
  public void gradient(
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
      int n) {
    if (isForPlain(table, n)) {
      plain.gradient(table, label, lo, p, po, ps, s, so, more, out, oo, os, n);
      return;
    }
    for (int r = 0; r < table.rows(); r++) {
      SimdLabels.gradient(
          label,
          lo,
          table.number[r],
          table.chosen[r],
          table.otherwise[r],
          table.addedChosen[r],
          table.added[r],
          p[0],
          po + r * ps,
          s,
          so,
          more,
          out[0],
          oo + r * os,
          n);
    }
  }

  private static boolean isForPlain(LabelTable table, int n) {
    return n < SHORT || !table.isFinite();
  }
}
