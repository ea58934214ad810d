package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.LabelKernels;
import io.lossmith.core.engine.cpu.kernel.LabelTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What depends on class labels, in plain Java. Where one row of a place counts, it is found once
 * for all rows and then gone to; rows whose labels do not count up are taken one at a time. What
 * differs in all rows is chosen by comparing.
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
   * is {@link #NONE}, or NaN.
   */
  static float[] find(LabelTable table, int first, float[] label, int lo, int n) {
    float[] place = table.places(n);
    if (!table.isConsecutive()) {
      PlainChoices.chooseEqual(label, lo, table.number[first], first, NONE, place, 0, n);
    } else if (!table.isFound()) {
      Scratch s = Scratch.mine();
      for (int from = 0; from < n; from += BLOCK) {
        int m = Math.min(BLOCK, n - from);
        System.arraycopy(label, lo + from, s.x, 0, m);
        nearest(s.x, table.number[0], table.rows() - 1, s.y, m);
        exact(s.x, table.number[0], s.y, m);
        System.arraycopy(s.y, 0, place, from, m);
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

  @Override
  public void lookup(
      LabelTable table,
      float[] label,
      int lo,
      float[] a,
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

  private static void add(float[] place, float[] a, int ao, int as, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      if (place[i] >= 0) {
        out[oo + i] += a[ao + (int) place[i] * as + i];
      }
    }
  }

  private static void addDifference(
      float[] place, float[] a, int ao, int as, float[] less, int mo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      if (place[i] >= 0) {
        out[oo + i] += a[ao + (int) place[i] * as + i] - less[mo + i];
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
      float[] a,
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
      float[] a,
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
      float[] x,
      int xo,
      int xs,
      float[] out,
      int oo,
      int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      s.floatsToBits(label, lo + from, s.bits, m);
      Arrays.fill(s.total, 0, m, -0f); // with which the first product keeps its bits
      for (int r = 0; r < table.rows(); r++) {
        PlainChoices.chooseEqual(
            s, table.number[r], table.chosen[r], table.otherwise[r], s.y, 0, m);
        System.arraycopy(x, xo + r * xs + from, s.x, 0, m);
        PlainRows.addProduct(s.total, s.x, s.y, m);
      }
      System.arraycopy(s.total, 0, out, oo + from, m);
    }
  }

  @Override
  public void gradient(
      LabelTable table,
      float[] label,
      int lo,
      float[] p,
      int po,
      int ps,
      float[] s,
      int so,
      float more,
      float[] out,
      int oo,
      int os,
      int n) {
    Scratch t = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      t.floatsToBits(label, lo + from, t.bits, m);
      System.arraycopy(s, so + from, t.total, 0, m);
      for (int r = 0; r < table.rows(); r++) {
        float number = table.number[r];
        PlainChoices.chooseEqual(t, number, table.chosen[r], table.otherwise[r], t.x, 0, m);
        PlainChoices.chooseEqual(t, number, table.addedChosen[r], table.added[r], t.y, 0, m);
        System.arraycopy(p, po + r * ps + from, t.z, 0, m);
        handOn(t.z, t.x, t.total, more, t.y, m);
        System.arraycopy(t.z, 0, out, oo + r * os + from, m);
      }
    }
  }

  /** p = p · (factor − s + more) + addend. */
  private static void handOn(
      float[] p, float[] factor, float[] s, float more, float[] addend, int n) {
    for (int i = 0; i < n; i++) {
      p[i] = p[i] * (factor[i] - s[i] + more) + addend[i];
    }
  }
}
