package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BorderWeightsTests {
  private static double border(double d1, double d2, double sigma) {
    return 1 + 10 * Math.exp(-(d1 + d2) * (d1 + d2) / (2 * sigma * sigma));
  }

  @Test
  void whatLiesBetweenTwoObjectsWeighsMost() {
    Tensor objects = Tensor.of(new float[] {7, 7, 0, 0, 3, 0}, 1, 1, 6);
    float[] weights = BorderWeights.create().of(objects).toArray();
    assertThat(weights[0]).isOne();
    assertThat(weights[4]).isOne();
    assertThat((double) weights[2]).isCloseTo(border(1, 2, 5), within(1e-6));
    assertThat((double) weights[3]).isCloseTo(border(1, 2, 5), within(1e-6));
    assertThat((double) weights[5]).isCloseTo(border(1, 4, 5), within(1e-6));
  }

  @Test
  void thePlainFormulaSaysTheSame() {
    int height = 9;
    int width = 7;
    Random random = new Random(3);
    float[] labels = new float[2 * height * width];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(8) == 0 ? 1 + random.nextInt(4) : 0;
    }
    BorderWeights weights =
        BorderWeights.create().withSpacing(2, 0.5).withSigma(3).withObjectWeight(4);
    float[] got = weights.of(Tensor.of(labels, 2, 1, height, width)).toArray();
    for (int i = 0; i < labels.length; i++) {
      double[] nearest = nearest(labels, i, height, width);
      double want = labels[i] != 0 ? 4 : border(nearest[0], nearest[1], 3);
      assertThat((double) got[i]).isCloseTo(want, within(1e-5));
    }
  }

  private static double[] nearest(float[] labels, int i, int height, int width) {
    int plane = i / (height * width) * height * width;
    double[] perObject = new double[5];
    java.util.Arrays.fill(perObject, Double.POSITIVE_INFINITY);
    for (int j = plane; j < plane + height * width; j++) {
      if (labels[j] != 0) {
        double down = 2 * ((i - plane) / width - (j - plane) / width);
        double right = 0.5 * ((i - plane) % width - (j - plane) % width);
        int object = (int) labels[j];
        perObject[object] = Math.min(perObject[object], Math.hypot(down, right));
      }
    }
    java.util.Arrays.sort(perObject);
    return perObject;
  }

  @Test
  void fewerThanTwoObjectsHaveNoBorder() {
    Tensor one = Tensor.of(new float[] {0, 2, 0, 0}, 1, 1, 2, 2);
    BorderWeights weights = BorderWeights.create().withBackgroundWeight(0.5);
    assertThat(weights.of(one).toArray()).containsExactly(0.5f, 1, 0.5f, 0.5f);
    assertThat(weights.of(one.times(0)).toArray()).containsOnly(0.5f);
  }

  @Test
  void theyAreAMask() {
    Tensor objects = Tensor.of(new float[] {1, 0, 2, 0}, 1, 1, 2, 2);
    Tensor mask = BorderWeights.create().of(objects);
    Tensor logits = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
    Loss loss = BinaryCrossEntropyWithLogits.create();
    assertThat(loss.apply(logits, objects.greaterThan(0), mask).item()).isPositive();
  }

  @Test
  void badInputIsRefusedInOneLine() {
    BorderWeights weights = BorderWeights.create();
    assertThatThrownBy(() -> weights.of(Tensor.of(new float[4], 2, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "border weights: objects are [2, 2], must be [N, 1, spatial...] with 1 to 3 spatial"
                + " axes");
    assertThatThrownBy(() -> weights.withSpacing(1, 1).of(Tensor.of(new float[4], 1, 1, 4)))
        .hasMessageContaining("must be one number for each spatial axis");
    assertThatThrownBy(() -> weights.withSigma(0))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("border weights: sigma is 0");
    assertThatThrownBy(() -> weights.of(Tensor.of(new float[] {Float.NaN, 0}, 1, 1, 2)))
        .hasMessageContaining("a label is NaN");
  }
}
