package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.LabelTable;
import io.lossmith.core.engine.cpu.kernel.Rows;
import java.util.Arrays;

/**
 * What takes one of two numbers in each row, by the label. The compiler makes no vectors of
 * choices; but 1 times one number and 0 times the other add up to the first, exactly.
 */
final class PlainLabelChoices {
  private static final int NEGATIVE_ZERO = Float.floatToRawIntBits(-0f);

  private PlainLabelChoices() {}

  /** out = Σ over rows of x · (label is the row's ? chosen : otherwise). */
  static void dot(
      LabelTable table,
      float[] label,
      int lo,
      float[][] x,
      int xo,
      int xs,
      float[] out,
      int oo,
      int n) {
    Scratch s = Scratch.mine();
    float[] place = canMix(table) ? PlainLabelKernels.find(table, 0, label, lo, n) : null;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] total = Scratch.target(out, oo + from, s.total);
      Arrays.fill(total, 0, m, -0f); // with which the first product keeps its bits
      if (place == null) {
        s.floatsToBits(label, lo + from, s.bits, m);
      }
      for (int r = 0; r < table.rows(); r++) {
        float[] a = Scratch.atStart(Rows.array(x, r), xo + r * xs + from, s.x, m);
        if (place == null) {
          float number = table.number[r];
          PlainChoices.chooseEqual(s, number, table.chosen[r], table.otherwise[r], s.y, 0, m);
          PlainRows.addProduct(total, a, s.y, m);
        } else {
          float[] at = Scratch.atStart(place, from, s.shared, m);
          addMixed(total, a, at, r, table.chosen[r], table.otherwise[r], m);
        }
      }
      Scratch.bring(total, out, oo + from, m);
    }
  }

  /** sum = sum + x · (place = row ? chosen : otherwise). */
  private static void addMixed(
      float[] sum, float[] x, float[] place, float row, float chosen, float otherwise, int n) {
    for (int i = 0; i < n; i++) {
      float is = is(place[i], row);
      sum[i] += x[i] * (is * chosen + (1 - is) * otherwise);
    }
  }

  /** out = p · ((label is the row's ? chosen : otherwise) − s + more) + what is chosen, too. */
  static void gradient(
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
    Scratch t = Scratch.mine();
    boolean adds = adds(table);
    float[] place =
        canMix(table) && (!adds || canMixAdded(table))
            ? PlainLabelKernels.find(table, 0, label, lo, n)
            : null;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] less = Scratch.atStart(s, so + from, t.total, m);
      if (place == null) {
        t.floatsToBits(label, lo + from, t.bits, m);
      }
      for (int r = 0; r < table.rows(); r++) {
        float[] x = Scratch.atStart(Rows.array(p, r), po + r * ps + from, t.x, m);
        float[] written = Rows.array(out, r);
        float[] to = Scratch.target(written, oo + r * os + from, t.x);
        if (place == null) {
          float number = table.number[r];
          PlainChoices.chooseEqual(t, number, table.chosen[r], table.otherwise[r], t.y, 0, m);
          PlainChoices.chooseEqual(t, number, table.addedChosen[r], table.added[r], t.z, 0, m);
          handOn(x, t.y, less, more, t.z, to, m);
        } else {
          float[] at = Scratch.atStart(place, from, t.shared, m);
          float chosen = table.chosen[r];
          float otherwise = table.otherwise[r];
          if (adds) {
            handOnMixed(
                x,
                at,
                r,
                chosen,
                otherwise,
                less,
                more,
                table.addedChosen[r],
                table.added[r],
                to,
                m);
          } else {
            handOnMixed(x, at, r, chosen, otherwise, less, more, to, m);
          }
        }
        Scratch.bring(to, written, oo + r * os + from, m);
      }
    }
  }

  /** to = p · (factor − s + more) + addend. */
  private static void handOn(
      float[] p, float[] factor, float[] s, float more, float[] addend, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = p[i] * (factor[i] - s[i] + more) + addend[i];
    }
  }

  /** The same, where factor and addend are chosen by place = row. */
  private static void handOnMixed(
      float[] p,
      float[] place,
      float row,
      float chosen,
      float otherwise,
      float[] s,
      float more,
      float addedChosen,
      float added,
      float[] to,
      int n) {
    for (int i = 0; i < n; i++) {
      float is = is(place[i], row);
      float not = 1 - is;
      float factor = is * chosen + not * otherwise;
      to[i] = p[i] * (factor - s[i] + more) + (is * addedChosen + not * added);
    }
  }

  /** The same without addend. */
  private static void handOnMixed(
      float[] p,
      float[] place,
      float row,
      float chosen,
      float otherwise,
      float[] s,
      float more,
      float[] to,
      int n) {
    for (int i = 0; i < n; i++) {
      float is = is(place[i], row);
      to[i] = p[i] * (is * chosen + (1 - is) * otherwise - s[i] + more);
    }
  }

  /** 1 where two whole numbers are the same, else 0; a maximum takes twice the instructions. */
  static float is(float place, float row) {
    float near = 1 - Math.abs(place - row);
    return 0.5f * (near + Math.abs(near));
  }

  /** Tells whether 0 times any of the numbers to choose, and such sums, are what they should be. */
  private static boolean canMix(LabelTable table) {
    return table.isConsecutive()
        && canMix(table.chosen, table.rows())
        && canMix(table.otherwise, table.rows());
  }

  private static boolean canMixAdded(LabelTable table) {
    return canMix(table.addedChosen, table.rows()) && canMix(table.added, table.rows());
  }

  private static boolean canMix(float[] numbers, int rows) {
    for (int r = 0; r < rows; r++) {
      if (!Float.isFinite(numbers[r])
          || Float.floatToRawIntBits(numbers[r]) == NEGATIVE_ZERO) { // plus 0 it is 0
        return false;
      }
    }
    return true;
  }

  /** Tells whether something is added anywhere but −0, which changes nothing. */
  private static boolean adds(LabelTable table) {
    for (int r = 0; r < table.rows(); r++) {
      if (Float.floatToRawIntBits(table.addedChosen[r]) != NEGATIVE_ZERO
          || Float.floatToRawIntBits(table.added[r]) != NEGATIVE_ZERO) {
        return true;
      }
    }
    return false;
  }
}
