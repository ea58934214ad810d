package io.lossmith.core.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What all kernels owe on class labels, of which some belong to no class. */
public abstract class LabelsContract {
  private static final int[] ROWS = {1, 2, 8, 21};

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
      float[] labels = labels(n + 3, 4);
      float[] a = Samples.random(n + 1, 1, n);
      for (float number : new float[] {0, 1, 3, 9, Float.NaN}) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < n; i++) {
          sum += labels[3 + i] == number ? a[1 + i] : 0;
          squares += labels[3 + i] == number ? a[1 + i] * a[1 + i] : 0;
          count += labels[3 + i] == number ? 1 : 0;
        }
        assertThat((double) labels().sum(a, 1, labels, 3, number, n))
            .as("sum at %s of %d", number, n)
            .isCloseTo(sum, within(1e-4));
        assertThat((double) labels().dot(a, 1, a, 1, labels, 3, number, n))
            .as("sum of squares at %s of %d", number, n)
            .isCloseTo(squares, within(1e-4));
        assertThat(labels().count(labels, 3, number, n)).isEqualTo(count);
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
    assertThat(labels().sum(a, 0, labels, 0, 1, 100)).isEqualTo(3f);
  }

  @Test
  void productsWithAChoiceAreTheirFormulas() {
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] labels = labels(n + 3, 4);
      float[] p = Samples.random(n + 1, 1, n);
      float[] s = Samples.random(n + 2, 1, n + 1);
      float[] sum = s.clone();
      float[] out = new float[n + 2];
      labels().addChosen(labels, 3, 2, 5, -7, p, 1, sum, 2, n);
      labels().gradient(labels, 3, 2, 5, -7, 0.5f, -0.25f, p, 1, s, 2, 3, out, 1, n);
      for (int i = 0; i < n; i++) {
        boolean here = labels[3 + i] == 2;
        double factor = here ? 5 : -7;
        double gradient = p[1 + i] * (factor - s[2 + i] + 3) + (here ? 0.5 : -0.25);
        assertThat((double) sum[2 + i]).isCloseTo(s[2 + i] + p[1 + i] * factor, within(1e-5));
        assertThat((double) out[1 + i]).isCloseTo(gradient, within(1e-5));
      }
      assertThat(out[0] + out[n + 1]).isZero();
    }
  }

  @Test
  void lookupTakesTheRowOfTheLabel() {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (int rows : ROWS) {
        float[] labels = labels(n + 2, rows + 1);
        int stride = n + 1;
        float[] a = Samples.random(2 + rows * stride, 1, n + rows);
        float[] less = Samples.random(n + 1, 1, n);
        float[] numbers = new float[1 + 2 * rows];
        for (int r = 0; r < rows; r++) {
          numbers[1 + 2 * r] = r;
        }
        float[] plain = new float[n + 1];
        labels().lookup(a, 2, stride, labels, 2, numbers, 1, 2, rows, plain, 1, n);
        float[] lessened = new float[n + 1];
        labels().lookup(a, 2, stride, less, 1, labels, 2, numbers, 1, 2, rows, lessened, 1, n);
        for (int i = 0; i < n; i++) {
          int row = (int) labels[2 + i];
          boolean found = labels[2 + i] == row && row >= 0 && row < rows;
          float must = found ? a[2 + row * stride + i] : 0;
          assertThat(plain[1 + i]).as("%d x %d at %d", rows, n, i).isEqualTo(must);
          assertThat(lessened[1 + i]).isEqualTo(found ? must - less[1 + i] : 0);
        }
        assertThat(plain[0] + lessened[0]).isZero();
      }
    }
  }

  @Test
  void rowsOfTheSameNumberAreAdded() {
    float[] a = new float[200];
    Arrays.fill(a, 0, 100, 1);
    Arrays.fill(a, 100, 200, 2);
    float[] out = new float[100];
    labels().lookup(a, 0, 100, new float[100], 0, new float[2], 0, 1, 2, out, 0, 100);
    assertThat(out).containsOnly(3f);
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
