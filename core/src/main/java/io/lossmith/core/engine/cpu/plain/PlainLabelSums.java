package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.LabelTable;
import io.lossmith.core.engine.cpu.kernel.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the places whose label is a row's, in plain Java. Few rows are summed one after the
 * other, by vector instructions; of many, each place goes to the row of its label.
 */
final class PlainLabelSums {
  /**
   * Sums of as many neighbours grow side by side: each would wait for the one before if, as is
   * common, both have the same label.
   */
  private static final int PARTS = 4;

  /** So many rows take less time one after the other than to go to each place's. */
  private static final int FEW = 8;

  private PlainLabelSums() {}

  static void counts(LabelTable table, float[] label, int lo, int n, double[] sums, int at) {
    int rows = table.rows();
    if (isFew(table)) {
      countRows(PlainLabelKernels.find(table, 0, label, lo, n), rows, n, sums, at);
      return;
    }
    double[] parts = Scratch.mine().sums(PARTS * rows);
    int step = PlainLabelKernels.together(table);
    for (int first = 0; first < rows; first += step) {
      float[] place = PlainLabelKernels.find(table, first, label, lo, n);
      for (int i = 0; i < n; i++) {
        if (place[i] >= 0) {
          parts[(i & (PARTS - 1)) * rows + (int) place[i]]++;
        }
      }
    }
    join(parts, rows, sums, at);
  }

  private static boolean isFew(LabelTable table) {
    return table.isConsecutive() && table.rows() <= FEW;
  }

  private static void countRows(float[] place, int rows, int n, double[] sums, int at) {
    Scratch s = Scratch.mine();
    Arrays.fill(sums, at, at + rows, 0);
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] row = Scratch.atStart(place, from, s.shared, m);
      for (int r = 0; r < rows; r++) {
        mark(row, r, s.x, m);
        sums[at + r] += PlainFolds.sum(s.x, m);
      }
    }
  }

  /** out = place = row ? 1 : 0. */
  private static void mark(float[] place, float row, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = PlainLabelChoices.is(place[i], row);
    }
  }

  static void sums(
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
      int at) {
    int rows = table.rows();
    double[] parts = Scratch.mine().sums(PARTS * rows);
    int step = PlainLabelKernels.together(table);
    for (int first = 0; first < rows; first += step) {
      float[] place = PlainLabelKernels.find(table, first, label, lo, n);
      if (times == null) {
        sum(place, a, ao, as, parts, rows, n);
      } else {
        sumProducts(place, a, ao, as, times, to, parts, rows, n);
      }
    }
    join(parts, rows, sums, at);
  }

  private static void sum(
      float[] place, float[][] a, int ao, int as, double[] parts, int rows, int n) {
    for (int i = 0; i < n; i++) {
      if (place[i] >= 0) {
        int row = (int) place[i];
        parts[(i & (PARTS - 1)) * rows + row] += Rows.array(a, row)[ao + row * as + i];
      }
    }
  }

  private static void sumProducts(
      float[] place,
      float[][] a,
      int ao,
      int as,
      float[] times,
      int to,
      double[] parts,
      int rows,
      int n) {
    for (int i = 0; i < n; i++) {
      if (place[i] >= 0) {
        int row = (int) place[i];
        parts[(i & (PARTS - 1)) * rows + row] +=
            Rows.array(a, row)[ao + row * as + i] * times[to + i];
      }
    }
  }

  private static void join(double[] parts, int rows, double[] sums, int at) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int part = 0; part < PARTS; part++) {
        sum += parts[part * rows + r];
      }
      sums[at + r] = sum;
    }
  }

  static void dots(
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
    if (isFew(table)) {
      float[] place = PlainLabelKernels.find(table, 0, label, lo, n);
      if (dotRows(place, table.rows(), a, ao, as, times, to, n, sums, all, here)) {
        return;
      }
    }
    for (int r = 0; r < table.rows(); r++) {
      sums[all + r] = PlainFolds.dot(Rows.array(a, r), ao + r * as, times, to, n);
    }
    sums(table, label, lo, a, ao, as, times, to, n, sums, here);
  }

  /**
   * Sums row by row, with a factor of 1 or 0 for what is at the label; or returns false, where
   * there is what 0 times it is not 0.
   */
  private static boolean dotRows(
      float[] place,
      int rows,
      float[][] a,
      int ao,
      int as,
      float[] times,
      int to,
      int n,
      double[] sums,
      int all,
      int here) {
    Scratch s = Scratch.mine();
    Arrays.fill(sums, all, all + rows, 0);
    Arrays.fill(sums, here, here + rows, 0);
    double check = 0;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] row = Scratch.atStart(place, from, s.shared, m);
      float[] y = Scratch.atStart(times, to + from, s.y, m);
      for (int r = 0; r < rows; r++) {
        float[] x = Scratch.atStart(Rows.array(a, r), ao + r * as + from, s.x, m);
        PlainFolds.multiply(x, y, s.x, m);
        multiplyMarked(s.x, row, r, s.z, m);
        double sum = PlainFolds.sum(s.x, m);
        double part = PlainFolds.sum(s.z, m);
        sums[all + r] += sum;
        sums[here + r] += part;
        check += sum + part;
      }
    }
    return Double.isFinite(check);
  }

  /** out = place = row ? x : 0, for finite x. */
  private static void multiplyMarked(float[] x, float[] place, float row, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] * PlainLabelChoices.is(place[i], row);
    }
  }
}
