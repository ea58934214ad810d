package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.LabelKernels;
import io.lossmith.core.engine.cpu.LabelTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What depends on class labels, in plain Java. A place's row is found once for all rows and then
 * gone to: comparing each label with each row's would keep the compiler from vector instructions.
 * Rows whose labels do not count up are taken one at a time.
 */
final class PlainLabelKernels implements LabelKernels {
  private static final int NONE = -1;

  @Override
  public void choose(
      float[] label, int lo, float number, float a, float b, float[] out, int oo, int n) {
    PlainChoices.chooseEqual(label, lo, number, a, b, out, oo, n);
  }

  /** Returns how many rows are looked for at once. */
  private static int together(LabelTable table) {
    return table.isConsecutive() ? table.rows() : 1;
  }

  /** Finds for each of m places which of {@code rows} rows from the first on is its label's. */
  private static void find(
      LabelTable table, int first, int rows, float[] label, int lo, int[] found, int m) {
    float[] number = table.number;
    float least = number[first];
    if (rows == 1) {
      for (int i = 0; i < m; i++) {
        found[i] = label[lo + i] == least ? first : NONE;
      }
      return;
    }
    for (int i = 0; i < m; i++) {
      float v = label[lo + i];
      int row = first + (int) (v - least);
      found[i] = row >= first && row < first + rows && number[row] == v ? row : NONE;
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
    int[] found = Scratch.mine().bits;
    int step = together(table);
    for (int first = 0; first < table.rows(); first += step) {
      for (int from = 0; from < n; from += BLOCK) {
        int m = Math.min(BLOCK, n - from);
        find(table, first, step, label, lo + from, found, m);
        for (int i = 0; i < m; i++) {
          if (found[i] != NONE) {
            float x = a[ao + found[i] * as + from + i];
            out[oo + from + i] += less == null ? x : x - less[mo + from + i];
          }
        }
      }
    }
  }

  @Override
  public void counts(LabelTable table, float[] label, int lo, int n, double[] sums, int place) {
    Arrays.fill(sums, place, place + table.rows(), 0);
    int[] found = Scratch.mine().bits;
    int step = together(table);
    for (int first = 0; first < table.rows(); first += step) {
      for (int from = 0; from < n; from += BLOCK) {
        int m = Math.min(BLOCK, n - from);
        find(table, first, step, label, lo + from, found, m);
        for (int i = 0; i < m; i++) {
          if (found[i] != NONE) {
            sums[place + found[i]]++;
          }
        }
      }
    }
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
      int place) {
    Arrays.fill(sums, place, place + table.rows(), 0);
    int[] found = Scratch.mine().bits;
    int step = together(table);
    for (int first = 0; first < table.rows(); first += step) {
      for (int from = 0; from < n; from += BLOCK) {
        int m = Math.min(BLOCK, n - from);
        find(table, first, step, label, lo + from, found, m);
        for (int i = 0; i < m; i++) {
          if (found[i] != NONE) {
            float x = a[ao + found[i] * as + from + i];
            sums[place + found[i]] += times == null ? x : x * times[to + from + i];
          }
        }
      }
    }
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
    for (int r = 0; r < table.rows(); r++) {
      sums[all + r] = PlainFolds.dot(a, ao + r * as, times, to, n);
    }
    sums(table, label, lo, a, ao, as, times, to, n, sums, here);
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
    int rows = table.rows();
    int step = together(table);
    float[] factors = s.rows(rows);
    int block = factors.length / Math.max(1, rows);
    for (int from = 0; from < n; from += block) {
      int m = Math.min(block, n - from);
      expand(table, step, table.chosen, table.otherwise, label, lo + from, s.bits, factors, m);
      Arrays.fill(s.total, 0, m, 0f);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(x, xo + r * xs + from, s.x, 0, m);
        System.arraycopy(factors, r * m, s.y, 0, m);
        PlainFolds.addProduct(s.total, s.x, s.y, m);
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
    Scratch scratch = Scratch.mine();
    int rows = table.rows();
    int step = together(table);
    float[] factors = scratch.rows(rows);
    float[] addends = scratch.moreRows(rows);
    int block = factors.length / Math.max(1, rows);
    for (int from = 0; from < n; from += block) {
      int m = Math.min(block, n - from);
      int at = lo + from;
      expand(table, step, table.chosen, table.otherwise, label, at, scratch.bits, factors, m);
      expand(table, step, table.addedChosen, table.added, label, at, scratch.bits, addends, m);
      System.arraycopy(s, so + from, scratch.total, 0, m);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(factors, r * m, scratch.x, 0, m);
        System.arraycopy(addends, r * m, scratch.y, 0, m);
        System.arraycopy(p, po + r * ps + from, scratch.z, 0, m);
        handOn(scratch.z, scratch.x, scratch.total, more, scratch.y, m);
        System.arraycopy(scratch.z, 0, out, oo + r * os + from, m);
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

  /** Writes what each of m places takes in each row: rows of m. */
  private static void expand(
      LabelTable table,
      int step,
      float[] chosen,
      float[] otherwise,
      float[] label,
      int lo,
      int[] found,
      float[] out,
      int m) {
    for (int r = 0; r < table.rows(); r++) {
      Arrays.fill(out, r * m, r * m + m, otherwise[r]);
    }
    for (int first = 0; first < table.rows(); first += step) {
      find(table, first, step, label, lo, found, m);
      for (int i = 0; i < m; i++) {
        if (found[i] != NONE) {
          out[found[i] * m + i] = chosen[found[i]];
        }
      }
    }
  }
}
