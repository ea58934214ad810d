package io.lossmith.core.engine.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.core.op.Fold;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all kernels owe on class labels, of which some belong to no class. */
public abstract class LabelsContract {
  protected abstract Kernels kernels();

  private LabelKernels labels() {
    return kernels().labels();
  }

  @Test
  void theLabelChoosesBetweenTwoNumbers() {
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] labels = labels(n + 3, 4);
      float[] out = new float[n + 2];
      labels().choose(labels, 3, 2, 5, -7, out, 1, n);
      for (int i = 0; i < n; i++) {
        assertThat(out[1 + i]).isEqualTo(labels[3 + i] == 2 ? 5f : -7f);
      }
      assertThat(out[0] + out[n + 1]).isZero();
    }
  }

  @Test
  void sumsAndCountsAreOfTheLabelAlone() {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (LabelTable table : tables()) {
        int rows = table.rows();
        float[] labels = labels(n + 3, 4);
        float[] a = Samples.random(1 + rows * (n + 1), 1, n);
        float[] b = Samples.random(n + 2, 1, n + 1);
        double[] got = new double[5 * rows + 1];
        labels().sums(table, labels, 3, Samples.inOne(a), 1, n + 1, null, 0, n, got, 0);
        labels().sums(table, labels, 3, Samples.inOne(a), 1, n + 1, b, 2, n, got, rows);
        labels().counts(table, labels, 3, n, got, 2 * rows);
        labels()
            .dots(table, labels, 3, Samples.inOne(a), 1, n + 1, b, 2, n, got, 3 * rows, 4 * rows);
        for (int r = 0; r < rows; r++) {
          double[] must = new double[4];
          for (int i = 0; i < n; i++) {
            double x = a[1 + r * (n + 1) + i];
            double here = labels[3 + i] == table.number[r] ? 1 : 0;
            must[0] += here * x;
            must[1] += here * x * b[2 + i];
            must[2] += here;
            must[3] += x * b[2 + i];
          }
          String what = "row " + r + " of " + rows + ", " + n + " places";
          assertThat(got[r]).as(what).isCloseTo(must[0], within(1e-4));
          assertThat(got[rows + r]).as(what).isCloseTo(must[1], within(1e-4));
          assertThat(got[2 * rows + r]).as(what).isEqualTo(must[2]);
          assertThat(got[3 * rows + r]).as(what).isCloseTo(must[3], within(1e-4));
          assertThat(got[4 * rows + r]).as(what).isCloseTo(must[1], within(1e-4));
        }
        assertThat(got[5 * rows]).isZero();
      }
    }
  }

  @Test
  void whatIsNotAtTheLabelMayBeAnything() {
    float[] a = new float[100];
    float[] labels = new float[100];
    Arrays.fill(a, Float.NaN);
    a[70] = 3;
    labels[70] = 1;
    double[] sum = new double[1];
    labels().sums(table(1), labels, 0, Samples.inOne(a), 0, 100, null, 0, 100, sum, 0);
    assertThat(sum[0]).isEqualTo(3);
    double[] sums = new double[2];
    labels().dots(table(1), labels, 0, Samples.inOne(a), 0, 100, labels, 0, 100, sums, 0, 1);
    assertThat(sums[0]).isNaN();
    assertThat(sums[1]).isEqualTo(3);
  }

  @Test
  void productsWithAChoiceAreTheirFormulas() {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (LabelTable table : tables()) {
        int rows = table.rows();
        int stride = n + 1;
        float[] labels = labels(n + 3, 4);
        float[] p = Samples.random(1 + rows * stride, 1, n);
        float[] s = Samples.random(n + 2, 1, n + 1);
        float[] dot = new float[n + 2];
        float[] out = new float[1 + rows * stride + 1];
        labels().chosenDot(table, labels, 3, Samples.inOne(p), 1, stride, dot, 1, n);
        labels()
            .gradient(
                table,
                labels,
                3,
                Samples.inOne(p),
                1,
                stride,
                s,
                2,
                3,
                Samples.inOne(out),
                1,
                stride,
                n);
        for (int i = 0; i < n; i++) {
          double sum = 0;
          for (int r = 0; r < rows; r++) {
            boolean here = labels[3 + i] == table.number[r];
            double factor = here ? table.chosen[r] : table.otherwise[r];
            double added = here ? table.addedChosen[r] : table.added[r];
            double x = p[1 + r * stride + i];
            sum += x * factor;
            assertThat((double) out[1 + r * stride + i])
                .as("row %d of %d at %d of %d", r, rows, i, n)
                .isCloseTo(x * (factor - s[2 + i] + 3) + added, within(1e-4));
          }
          assertThat((double) dot[1 + i]).isCloseTo(sum, within(1e-4 * rows));
        }
        assertThat(out[0] + out[1 + rows * stride] + dot[0] + dot[n + 1]).isZero();
      }
    }
  }

  @Test
  void softmaxGradientIsItsFormulaAlsoInPlace() {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (LabelTable table : tables()) {
        int rows = table.rows();
        int stride = n + 1;
        float[] labels = labels(n + 3, 4);
        float[] a = Samples.random(1 + rows * stride, 1, n);
        float[] m = new float[n + 2];
        Arrays.fill(m, 1);
        for (int i = 0; i < a.length; i++) {
          a[i] = Math.min(a[i], 1); // no more than m, as it must be
        }
        float[] f = Samples.random(n + 1, 1, n + 1);
        float[] p = new float[rows * n];
        float[] s = new float[n];
        float[] out = new float[1 + rows * stride];
        float[] inPlace = a.clone();
        for (float[] to : List.of(out, inPlace)) {
          kernels()
              .folds()
              .softmaxLabelGradient(
                  labels(),
                  table,
                  labels,
                  3,
                  Samples.inOne(to == out ? a : to),
                  1,
                  stride,
                  m,
                  2,
                  f,
                  1,
                  3,
                  Samples.inOne(p),
                  0,
                  n,
                  s,
                  0,
                  Samples.inOne(to),
                  1,
                  stride,
                  n);
        }
        for (int i = 0; i < n; i++) {
          double sum = 0;
          for (int r = 0; r < rows; r++) {
            sum += softmax(a[1 + r * stride + i], f[1 + i]) * factor(table, r, labels[3 + i]);
          }
          for (int r = 0; r < rows; r++) {
            int at = 1 + r * stride + i;
            boolean here = labels[3 + i] == table.number[r];
            double factor = factor(table, r, labels[3 + i]) - sum + 3;
            double must = softmax(a[at], f[1 + i]) * factor;
            assertThat((double) out[at])
                .as("row %d of %d at %d of %d", r, rows, i, n)
                .isCloseTo(
                    must + (here ? table.addedChosen[r] : table.added[r]), within(1e-4 * rows));
            assertThat(inPlace[at]).isEqualTo(out[at]);
          }
        }
      }
    }
  }

  @Test
  void softmaxGradientHasTheSameBitsInPieces() {
    int n = 5003;
    int rows = 6;
    float[] labels = labels(n, 7);
    float[] a = Samples.random(rows * n, 1, 1);
    float[] special = Samples.special();
    for (int i = 0; i < a.length; i++) {
      a[i] = i % 5 == 0 ? special[i / 5 % special.length] : 40 * a[i];
    }
    float[] m = new float[n];
    kernels().folds().foldRows(Fold.MAX, Samples.inOne(a), 0, n, rows, m, 0, n);
    float[] f = Samples.random(n, 1, 2);
    float[] whole = softmaxGradient(labels, a, m, f, n);
    assertThat(whole).contains(Float.NaN);
    int differs = Arrays.mismatch(softmaxGradient(labels, a, m, f, 1024), whole);
    assertThat(differs).as("first place that differs").isEqualTo(-1);
  }

  private float[] softmaxGradient(float[] labels, float[] a, float[] m, float[] f, int piece) {
    int rows = a.length / m.length;
    float[] p = new float[rows * piece];
    float[] s = new float[piece];
    float[] out = new float[a.length];
    float[][] from = Samples.inOne(a);
    float[][] to = Samples.inOne(out);
    float[][] room = Samples.inOne(p);
    for (int i = 0; i < m.length; i += piece) {
      int n = Math.min(piece, m.length - i);
      int stride = m.length;
      LabelTable table = table(0, 1, 2, 3, 4, 5); // it remembers what it was asked
      kernels()
          .folds()
          .softmaxLabelGradient(
              labels(), table, labels, i, from, i, stride, m, i, f, i, 0.3f, room, 0, piece, s, 0,
              to, i, stride, n);
    }
    return out;
  }

  private static double softmax(float a, float f) {
    return Math.exp(a - 1.0) * f;
  }

  private static double factor(LabelTable table, int row, float label) {
    return label == table.number[row] ? table.chosen[row] : table.otherwise[row];
  }

  @Test
  void lookupTakesTheRowOfTheLabel() {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (LabelTable table : tables()) {
        int rows = table.rows();
        float[] labels = labels(n + 2, rows + 1);
        int stride = n + 1;
        float[] a = Samples.random(2 + rows * stride, 1, n + rows);
        float[] less = Samples.random(n + 1, 1, n);
        float[] plain = new float[n + 1];
        labels().lookup(table, labels, 2, Samples.inOne(a), 2, stride, null, 0, plain, 1, n);
        float[] lessened = new float[n + 1];
        labels().lookup(table, labels, 2, Samples.inOne(a), 2, stride, less, 1, lessened, 1, n);
        for (int i = 0; i < n; i++) {
          double must = 0;
          double mustLess = 0;
          for (int r = 0; r < rows; r++) {
            if (labels[2 + i] == table.number[r]) {
              must += a[2 + r * stride + i];
              mustLess += a[2 + r * stride + i] - less[1 + i];
            }
          }
          assertThat((double) plain[1 + i])
              .as("%d x %d at %d", rows, n, i)
              .isCloseTo(must, within(1e-6));
          assertThat((double) lessened[1 + i]).isCloseTo(mustLess, within(1e-6));
        }
        assertThat(plain[0] + lessened[0]).isZero();
      }
    }
  }

  /** Labels that count up, from 0 and from elsewhere; that do not; that are there twice. */
  private static List<LabelTable> tables() {
    return List.of(
        table(0),
        table(2),
        table(0, 1, 2, 3, 4, 5, 6, 7),
        table(-1, 0, 1),
        table(2, 1, 0),
        table(1, 1),
        table(0.5f, 1.5f),
        table(0, Float.NaN, 2),
        table(range(21)),
        table(range(700)));
  }

  private static float[] range(int n) {
    float[] range = new float[n];
    for (int i = 0; i < n; i++) {
      range[i] = i;
    }
    return range;
  }

  static LabelTable table(float... numbers) {
    LabelTable table = new LabelTable();
    table.begin(numbers.length);
    table.number = numbers;
    table.chosen = Samples.random(numbers.length, 1, 1);
    table.otherwise = Samples.random(numbers.length, 1, 2);
    table.addedChosen = Samples.random(numbers.length, 1, 3);
    table.added = Samples.random(numbers.length, 1, 4);
    table.numbered();
    return table;
  }

  /** Whole numbers, among them one that is no class, with a half and a NaN here and there. */
  private static float[] labels(int n, int classes) {
    float[] labels = new float[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 17 == 5 ? 0.5f : i % 19 == 7 ? Float.NaN : i * 7 % classes;
    }
    return labels;
  }
}
