package io.lossmith.core.engine.cpu.kernel;

import static io.lossmith.core.engine.cpu.kernel.BitsContract.rows;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same as {@link FusedKernelsBitsContract} for what depends on class labels. */
public abstract class LabelBitsContract {
  private static final float[][] NUMBERS = {
    {0, 1, 2}, {2, 0, 5}, {0, Float.NaN, 1}, {Float.POSITIVE_INFINITY, 1, 0}
  };

  protected abstract Kernels kernels();

  private void check(String what, Bits.Loop fused, Bits.Loop operations) {
    Bits.areTheSameEverywhere(what, fused);
    Bits.areTheSame(what, fused, operations);
  }

  @Test
  void aChoiceAtTheLabelIsAComparisonAndAChoice() {
    for (float number : new float[] {0, -0f, 2, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
      check(
          "choose",
          (a, ao, b, bo, c, co, out, oo, n) ->
              kernels().labels().choose(labels(c, co, n), 0, number, 5, -0f, out, oo, n),
          (a, ao, b, bo, c, co, out, oo, n) -> {
            kernels().binary(Binary.EQUAL, labels(c, co, n), 0, number, out, oo, n);
            kernels().where(out, oo, 5, -0f, out, oo, n);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lookupIsASumOfChoices(boolean lessened) {
    for (float[] numbers : NUMBERS) {
      check(
          "lookup",
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] x = rows(a, ao, b, bo, c, co, n);
            float[] less = lessened ? Arrays.copyOfRange(b, bo, bo + n) : null;
            LabelTable table = LabelsContract.table(numbers);
            float[] labels = labels(c, co, n);
            kernels()
                .labels()
                .lookup(table, labels, 0, Samples.inOne(x), 1, n + 2, less, 0, out, oo, n);
          },
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] x = rows(a, ao, b, bo, c, co, n);
            float[] match = new float[n];
            for (int r = 0; r < 3; r++) {
              int at = 1 + r * (n + 2);
              kernels().binary(Binary.EQUAL, labels(c, co, n), 0, numbers[r], match, 0, n);
              if (lessened) {
                kernels().binary(Binary.SUBTRACT, x, at, b, bo, x, at, n);
              }
              kernels().where(match, 0, x, at, 0, x, at, n);
            }
            kernels().folds().foldRows(Fold.SUM, Samples.inOne(x), 1, n + 2, 3, out, oo, n);
          });
    }
  }

  @Test
  void chosenDotIsASumOfProductsWithChoices() {
    for (float[] numbers : NUMBERS) {
      check(
          "Σ x · choice",
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] x = rows(a, ao, b, bo, c, co, n);
            LabelTable table = LabelsContract.table(numbers);
            float[] labels = labels(c, co, n);
            kernels().labels().chosenDot(table, labels, 0, Samples.inOne(x), 1, n + 2, out, oo, n);
          },
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] x = rows(a, ao, b, bo, c, co, n);
            LabelTable table = LabelsContract.table(numbers);
            float[] labels = labels(c, co, n);
            float[] choice = new float[n];
            for (int r = 0; r < 3; r++) {
              int at = 1 + r * (n + 2);
              float chosen = table.chosen[r];
              float otherwise = table.otherwise[r];
              kernels().labels().choose(labels, 0, numbers[r], chosen, otherwise, choice, 0, n);
              kernels().binary(Binary.MULTIPLY, x, at, choice, 0, x, at, n);
            }
            kernels().folds().foldRows(Fold.SUM, Samples.inOne(x), 1, n + 2, 3, out, oo, n);
          });
    }
  }

  /** A number and an addend that are not there are −0, with which a sum keeps its bits. */
  @ParameterizedTest
  @ValueSource(floats = {0.3f, -0f})
  void gradientIsItsOperations(float more) {
    for (int row = 0; row < 3; row++) {
      int at = row;
      check(
          "p · (choice − s + more) + choice",
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] p = rows(a, ao, b, bo, c, co, n);
            LabelTable table = LabelsContract.table(0, 1, 2);
            float[] labels = labels(c, co, n);
            float[] all = new float[3 * n];
            kernels()
                .labels()
                .gradient(
                    table,
                    labels,
                    0,
                    Samples.inOne(p),
                    1,
                    n + 2,
                    b,
                    bo,
                    more,
                    Samples.inOne(all),
                    0,
                    n,
                    n);
            System.arraycopy(all, at * n, out, oo, n);
          },
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] p = rows(a, ao, b, bo, c, co, n);
            LabelTable table = LabelsContract.table(0, 1, 2);
            float[] labels = labels(c, co, n);
            float[] choice = new float[n];
            float[] sum = new float[n];
            LabelKernels choices = kernels().labels();
            choices.choose(labels, 0, at, table.chosen[at], table.otherwise[at], choice, 0, n);
            kernels().binary(Binary.SUBTRACT, choice, 0, b, bo, sum, 0, n);
            if (Float.compare(more, -0f) != 0) {
              kernels().binary(Binary.ADD, sum, 0, more, sum, 0, n);
            }
            kernels().binary(Binary.MULTIPLY, p, 1 + at * (n + 2), sum, 0, sum, 0, n);
            choices.choose(labels, 0, at, table.addedChosen[at], table.added[at], choice, 0, n);
            kernels().binary(Binary.ADD, sum, 0, choice, 0, out, oo, n);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void softmaxGradientIsItsParts(int row) {
    for (float[] numbers : NUMBERS) {
      check(
          "p · (choice − Σ p · choice + more) + choice, p = e^(a − m) · f",
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] x = rows(a, ao, b, bo, c, co, n);
            float[] m = new float[n];
            kernels().folds().foldRows(Fold.MAX, Samples.inOne(x), 1, n + 2, 3, m, 0, n);
            LabelTable table = LabelsContract.table(numbers);
            float[] labels = labels(c, co, n);
            float[] p = new float[3 * n];
            float[] s = new float[n];
            float[] all = new float[3 * n];
            kernels()
                .folds()
                .softmaxLabelGradient(
                    kernels().labels(),
                    table,
                    labels,
                    0,
                    Samples.inOne(x),
                    1,
                    n + 2,
                    m,
                    0,
                    b,
                    bo,
                    0.3f,
                    Samples.inOne(p),
                    0,
                    n,
                    s,
                    0,
                    Samples.inOne(all),
                    0,
                    n,
                    n);
            System.arraycopy(all, row * n, out, oo, n);
          },
          (a, ao, b, bo, c, co, out, oo, n) -> {
            float[] x = rows(a, ao, b, bo, c, co, n);
            float[] m = new float[n];
            kernels().folds().foldRows(Fold.MAX, Samples.inOne(x), 1, n + 2, 3, m, 0, n);
            LabelTable table = LabelsContract.table(numbers);
            float[] labels = labels(c, co, n);
            float[] p = new float[3 * n];
            for (int r = 0; r < 3; r++) {
              int at = 1 + r * (n + 2);
              kernels().folds().scaledExp(x, at, m, 0, true, b, bo, p, r * n, n);
            }
            float[] s = new float[n];
            kernels().labels().chosenDot(table, labels, 0, Samples.inOne(p), 0, n, s, 0, n);
            float[] all = new float[3 * n];
            float[][] to = Samples.inOne(all);
            float[][] from = Samples.inOne(p);
            kernels().labels().gradient(table, labels, 0, from, 0, n, s, 0, 0.3f, to, 0, n, n);
            System.arraycopy(all, row * n, out, oo, n);
          });
    }
  }

  /** Makes class labels of numbers: some of them none, infinite or NaN. */
  private static float[] labels(float[] from, int at, int n) {
    float[] labels = new float[n];
    for (int i = 0; i < n; i++) {
      int k = (Float.floatToIntBits(from[at + i]) >>> 3) % 16;
      labels[i] =
          switch (k) {
            case 15 -> Float.NaN;
            case 14 -> -0f;
            case 13 -> 0.5f;
            case 12 -> Float.POSITIVE_INFINITY;
            default -> k % 6;
          };
    }
    return labels;
  }
}
