package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.LabelKernels;
import io.lossmith.core.engine.cpu.kernel.LabelTable;
import io.lossmith.core.engine.cpu.kernel.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What depends on class labels, in plain Java. Where one row of a place counts, it is found once
 * for all rows and then gone to; rows whose labels do not count up are taken one at a time. What
 * differs in all rows is chosen by comparing, of places where they are found, else of labels.
 */
final class PlainLabelKernels implements LabelKernels {
  private static final float NONE = -1;

  /** Adding this to what is not negative, and small, rounds it to a whole number. */
  private static final float ROUND = 12582912f;

  /** The square of this times any number but 0 is more than 1. */
  private static final float HUGE = 1e38f;

  @Override
  public void choose(
      float[] label, int lo, float number, float a, float b, float[] out, int oo, int n) {
    PlainChoices.chooseEqual(label, lo, number, a, b, out, oo, n);
  }

  /** Returns how many rows are looked for at once. */
  static int together(LabelTable table) {
    return table.isConsecutive() ? table.rows() : 1;
  }

  /**
   * Finds the row of each of n places, among those that are looked for from the first on; else it
   * is {@link #NONE}.
   */
  static float[] find(LabelTable table, int first, float[] label, int lo, int n) {
    float[] place = table.places(n);
    if (!table.isConsecutive()) {
      PlainChoices.chooseEqual(label, lo, table.number[first], first, NONE, place, 0, n);
    } else if (!table.isFound()) {
      Scratch s = Scratch.mine();
      for (int from = 0; from < n; from += BLOCK) {
        int m = Math.min(BLOCK, n - from);
        float[] x = Scratch.atStart(label, lo + from, s.x, m);
        float[] row = Scratch.target(place, from, s.y);
        nearest(x, table.number[0], table.rows() - 1, row, m);
        exact(x, table.number[0], row, m);
        if (Float.isNaN(PlainFolds.sum(row, 0, m))) {
          removeNaN(row, m);
        }
        Scratch.bring(row, place, from, m);
      }
      table.setFound();
    }
    return place;
  }

  /** row = the number of the row whose label is nearest. */
  private static void nearest(float[] label, float least, float last, float[] row, int n) {
    for (int i = 0; i < n; i++) {
      row[i] = Math.max(0f, Math.min(last, label[i] - least)) + ROUND - ROUND;
    }
  }

  /** Makes rows whose label is another {@link #NONE}. */
  private static void exact(float[] label, float least, float[] row, int n) {
    for (int i = 0; i < n; i++) {
      float far = Math.min(1f, Math.abs(label[i] - (row[i] + least)) * HUGE * HUGE);
      row[i] = row[i] - far * (row[i] - NONE);
    }
  }

  private static void removeNaN(float[] row, int n) {
    for (int i = 0; i < n; i++) {
      row[i] = Float.isNaN(row[i]) ? NONE : row[i];
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
    Arrays.fill(out, oo, oo + n, 0f);
    int step = together(table);
    for (int first = 0; first < table.rows(); first += step) {
      float[] place = find(table, first, label, lo, n);
      if (less == null) {
        add(place, a, ao, as, out, oo, n);
      } else {
        addDifference(place, a, ao, as, less, mo, out, oo, n);
      }
    }
  }

  private static void add(float[] place, float[][] a, int ao, int as, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      if (place[i] >= 0) {
        int row = (int) place[i];
        out[oo + i] += Rows.array(a, row)[ao + row * as + i];
      }
    }
  }

  private static void addDifference(
      float[] place,
      float[][] a,
      int ao,
      int as,
      float[] less,
      int mo,
      float[] out,
      int oo,
      int n) {
    for (int i = 0; i < n; i++) {
      if (place[i] >= 0) {
        int row = (int) place[i];
        out[oo + i] += Rows.array(a, row)[ao + row * as + i] - less[mo + i];
      }
    }
  }

  @Override
  public void counts(LabelTable table, float[] label, int lo, int n, double[] sums, int at) {
    PlainLabelSums.counts(table, label, lo, n, sums, at);
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
      int at) {
    PlainLabelSums.sums(table, label, lo, a, ao, as, times, to, n, sums, at);
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
    PlainLabelSums.dots(table, label, lo, a, ao, as, times, to, n, sums, all, here);
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
    PlainLabelChoices.dot(table, label, lo, x, xo, xs, out, oo, n);
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
    PlainLabelChoices.gradient(table, label, lo, p, po, ps, s, so, more, out, oo, os, n);
  }
}
