package io.lossmith.core.engine.cpu.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.cpu.kernel.FoldKernels;
import io.lossmith.core.engine.cpu.kernel.LabelKernels;
import io.lossmith.core.engine.cpu.kernel.LabelTable;
import io.lossmith.core.op.Fold;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;

/** Rows in arrays of their own give the bits of rows in one array. */
class PlainRowsTests {
  private static final int ROWS = 5;
  private static final int[] LENGTHS = {1, 17, 2048, 3000};

  private final FoldKernels folds = new PlainKernels().folds();
  private final LabelKernels labels = new PlainKernels().labels();

  /** Runs a loop over rows, which begin at a place and lie a distance apart; returns results. */
  private interface Loop {
    float[] run(float[][] a, float[][] b, int at, int apart, int n);
  }

  private static void check(Loop loop) {
    for (int n : LENGTHS) {
      Random random = new Random(n);
      float[][] a = new float[ROWS][n];
      float[][] b = new float[ROWS][n];
      for (int r = 0; r < ROWS; r++) {
        for (int i = 0; i < n; i++) {
          a[r][i] = (float) random.nextGaussian();
          b[r][i] = random.nextFloat();
        }
      }
      float[] must = loop.run(inOne(a, n), inOne(b, n), 3, n + 1, n);
      assertThat(loop.run(a, b, 0, 0, n)).as("%d places", n).isEqualTo(must);
    }
  }

  private static float[][] inOne(float[][] rows, int n) {
    float[] all = new float[3 + rows.length * (n + 1)];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, all, 3 + r * (n + 1), n);
    }
    return new float[][] {all};
  }

  /** Returns the rows one after the other, and this behind them. */
  private static float[] joined(float[][] rows, int at, int apart, float[] behind) {
    int n = behind.length;
    float[] joined = Arrays.copyOf(behind, (ROWS + 1) * n);
    for (int r = 0; r < ROWS; r++) {
      float[] row = rows.length == 1 ? rows[0] : rows[r];
      System.arraycopy(row, at + r * apart, joined, (r + 1) * n, n);
    }
    return joined;
  }

  @Test
  void folds() {
    for (Fold fold : Fold.values()) {
      check(
          (a, b, at, apart, n) -> {
            float[] out = new float[n];
            folds.foldRows(fold, a, at, apart, ROWS, out, 0, n);
            return out;
          });
    }
    check(
        (a, b, at, apart, n) -> {
          float[] out = new float[n];
          folds.dotRows(a, at, apart, b, at, apart, ROWS, out, 0, n);
          return out;
        });
  }

  @Test
  void softmax() {
    for (boolean isBelowOne : new boolean[] {false, true}) {
      check(
          (a, b, at, apart, n) -> {
            float[] greatest = new float[n];
            float[] sum = new float[n];
            folds.foldRows(Fold.MAX, a, at, apart, ROWS, greatest, 0, n);
            folds.expRows(a, at, apart, greatest, 0, isBelowOne, b, at, apart, sum, 0, ROWS, n);
            return joined(b, at, apart, sum);
          });
    }
    check(
        (a, b, at, apart, n) -> {
          float[] mean = new float[n];
          float[] rest = new float[n];
          folds.softmaxGradient(
              a, at, apart, b, at, apart, mean, 0, rest, 0, b, at, apart, ROWS, n);
          return joined(b, at, apart, rest);
        });
  }

  private static float[] labels(int n) {
    float[] labels = new float[n];
    float[] special = {0.5f, -1, ROWS, Float.NaN, Float.POSITIVE_INFINITY, -0f, 1e30f};
    Random random = new Random(n + 1);
    for (int i = 0; i < n; i++) {
      int which = random.nextInt(30);
      labels[i] = which < special.length ? special[which] : random.nextInt(ROWS);
    }
    return labels;
  }

  private static LabelTable table(float... numbers) {
    LabelTable table = new LabelTable();
    table.begin(ROWS);
    table.number = numbers;
    table.chosen = new float[] {1, -0.3f, 0, 2, -7};
    table.otherwise = new float[] {0, 0.1f, -2, 0.7f, 3};
    table.addedChosen = new float[] {0.2f, -1, 5, 0, 1};
    table.added = new float[] {0, 0, 0, 0.1f, -1};
    table.numbered();
    return table;
  }

  @Test
  void whatIsAtLabels() {
    for (float[] numbers : new float[][] {{0, 1, 2, 3, 4}, {2, 0, 1, 1, 9}}) {
      check(
          (a, b, at, apart, n) -> {
            float[] looked = new float[n];
            LabelTable table = table(numbers);
            labels.lookup(table, labels(n), 0, a, at, apart, null, 0, looked, 0, n);
            float[] dot = new float[n];
            labels.chosenDot(table, labels(n), 0, a, at, apart, dot, 0, n);
            double[] sums = new double[3 * ROWS];
            labels.sums(table, labels(n), 0, a, at, apart, null, 0, n, sums, 0);
            labels.dots(table, labels(n), 0, a, at, apart, looked, 0, n, sums, ROWS, 2 * ROWS);
            float[] more = new float[2 * n + sums.length];
            System.arraycopy(looked, 0, more, 0, n);
            System.arraycopy(dot, 0, more, n, n);
            for (int i = 0; i < sums.length; i++) {
              more[2 * n + i] = (float) sums[i];
            }
            return more;
          });
      check(
          (a, b, at, apart, n) -> {
            float[] s = new float[n];
            labels.gradient(
                table(numbers), labels(n), 0, a, at, apart, s, 0, 0.3f, b, at, apart, n);
            return joined(b, at, apart, s);
          });
    }
  }

  /** Sums of products choose by places; where those would be no numbers, labels are compared. */
  @Test
  void choicesAreExactHoweverTheyAreMade() {
    float[][] pairs = {{1, -0f}, {-0f, 3}, {Float.NaN, 1}, {2, Float.NEGATIVE_INFINITY}, {0, 0}};
    for (float[] pair : pairs) {
      for (int row = 0; row < ROWS; row++) {
        LabelTable table = table(0, 1, 2, 3, 4);
        table.chosen[row] = pair[0];
        table.otherwise[row] = pair[1];
        int n = 70;
        float[] label = labels(n);
        float[][] p = new float[ROWS][n];
        float[][] out = new float[ROWS][n];
        float[] s = new float[n];
        for (float[] each : p) {
          Arrays.fill(each, 0.7f);
        }
        labels.gradient(table, label, 0, p, 0, 0, s, 0, -0f, out, 0, 0, n);
        for (int r = 0; r < ROWS; r++) {
          for (int i = 0; i < n; i++) {
            boolean here = label[i] == r;
            float factor = (here ? table.chosen[r] : table.otherwise[r]) - s[i] + -0f;
            float must = 0.7f * factor + (here ? table.addedChosen[r] : table.added[r]);
            assertThat(out[r])
                .as("%s in row %d, label %s", must, r, label[i])
                .contains(must, Index.atIndex(i)); // as objects, so that NaN is itself
          }
        }
      }
    }
  }

  @Test
  void anInfiniteLabelMayBeARows() {
    LabelTable table = new LabelTable();
    table.begin(1);
    table.number = new float[] {Float.POSITIVE_INFINITY};
    table.numbered();
    float[] label = {1, Float.POSITIVE_INFINITY, Float.NaN};
    float[] out = new float[3];
    labels.lookup(table, label, 0, new float[][] {{5, 6, 7}}, 0, 0, null, 0, out, 0, 3);
    assertThat(out).containsExactly(0, 6, 0);
  }
}
