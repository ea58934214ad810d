package io.lossmith.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.app.data.CropSampler;
import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Sample;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.autodiff.optimizer.Adam;
import io.lossmith.autodiff.optimizer.Optimizer;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import io.lossmith.losses.PredictionKind;
import io.lossmith.losses.metrics.ConfusionCounts;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UNetTests {
  private static final Engine ENGINE = Engines.defaultEngine();
  private static final Loss LOSS = Dice.sigmoid().plus(BinaryCrossEntropyWithLogits.create());

  @Test
  void parametersAreThoseOfThePeer() {
    UNet network = new UNet(1, 1);
    int count = network.parameters().stream().mapToInt(array -> array.shape().count()).sum();
    assertThat(count).isEqualTo(29_617); // by hand, and what PyTorch counts for the same network
    assertThat(network.parameters().get(0).shape()).isEqualTo(Shape.of(8, 1, 3, 3));
    assertThat(network.parameters()).hasSize(22);
    float[][] initial = network.initial(1);
    float greatest = 0;
    for (float value : initial[0]) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertThat(greatest).isBetween(0.2f, 1 / 3f); // fan-in 9
    assertThat(network.initial(1)).isDeepEqualTo(initial);
  }

  @Test
  void theGradientOfTheStepIsTheSlopeOfTheLoss() {
    UNet network = new UNet(1, 1);
    float[][] parameters = network.initial(3);
    try (TrainingStep step =
        new TrainingStep(network, LOSS, ENGINE, parameters, Shape.of(2, 1, 16, 16))) {
      new CropSampler(SyntheticCells.make(2, 1, 48, 1).training().all(), 16, 1)
          .fill(step.pictures, step.labels);
      step.run();
      float[][] direction = new UNet(1, 1).initial(9);
      double slope = 0;
      for (int k = 0; k < direction.length; k++) {
        for (int i = 0; i < direction[k].length; i++) {
          slope += (double) step.gradients()[k][i] * direction[k][i];
        }
      }
      double finite = (moved(step, direction, 2e-3f) - moved(step, direction, -2e-3f)) / 4e-3;
      assertThat(slope).isCloseTo(finite, within(0.02 * Math.abs(finite) + 1e-3));
    }
  }

  private static double moved(TrainingStep step, float[][] direction, float by) {
    add(step.parameters(), direction, by);
    double loss = step.run();
    add(step.parameters(), direction, -by);
    return loss;
  }

  private static void add(float[][] to, float[][] direction, float by) {
    for (int k = 0; k < to.length; k++) {
      for (int i = 0; i < to[k].length; i++) {
        to[k][i] += by * direction[k][i];
      }
    }
  }

  @Test
  void aFewStepsLearnOneBatch() {
    UNet network = new UNet(1, 1);
    float[][] parameters = network.initial(1);
    try (Optimizer adam = Adam.of(0.01).over(parameters);
        TrainingStep step =
            new TrainingStep(network, LOSS, ENGINE, parameters, Shape.of(2, 1, 32, 32))) {
      new CropSampler(SyntheticCells.make(2, 1, 64, 1).training().all(), 32, 1)
          .fill(step.pictures, step.labels);
      float first = step.run();
      float last = first;
      for (int i = 0; i < 60; i++) {
        last = step.run();
        adam.step(step.gradients());
      }
      assertThat(last).isLessThan(first / 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "5, 7", "61, 90", "128, 33"})
  void picturesOfAnySizeAreAnswered(int width, int height) {
    UNet network = new UNet(1, 1);
    try (Predictor predictor =
        new Predictor(network, logits(network), ENGINE, network.initial(1))) {
      assertThat(predictor.classes(noise(width, height))).hasSize(width * height);
    }
  }

  @Test
  void windowsGiveTheAnswerOfTheWholePicture() {
    UNet network = new UNet(1, 3);
    float[][] parameters = network.initial(5);
    for (float[] array : parameters) { // large enough that every class is answered somewhere
      for (int i = 0; i < array.length; i++) {
        array[i] *= 3;
      }
    }
    Picture picture = noise(150, 93);
    try (Predictor predictor = new Predictor(network, logits(network), ENGINE, parameters)) {
      byte[] whole = predictor.classes(picture);
      assertThat(whole).contains((byte) 0, (byte) 1, (byte) 2);
      assertThat(predictor.classes(picture, 64)).isEqualTo(whole);
    }
  }

  @Property(tries = 300)
  void spansCoverASideOnceAndSeeEnough(
      @ForAll @IntRange(min = 1, max = 3000) int side,
      @ForAll @IntRange(min = 13, max = 140) int quarter) {
    int rounded = (side + 3) / 4 * 4;
    int window = Math.min(4 * quarter, rounded);
    int next = 0;
    for (Span span : Span.of(side, window)) {
      assertThat(span.from()).isEqualTo(next);
      assertThat(span.start()).isBetween(0, rounded - window);
      assertThat(span.start() % 4).isZero();
      assertThat(span.start() == 0 || span.from() - span.start() >= UNet.REACH).isTrue();
      int end = span.start() + window;
      assertThat(end >= side || end - span.to() >= UNet.REACH).isTrue();
      assertThat(span.to()).isGreaterThan(span.from());
      next = span.to();
    }
    assertThat(next).isEqualTo(side);
  }

  @Test
  void theScoreIsPooledOverPicturesOfSeveralSizes() {
    UNet network = new UNet(1, 1);
    Sample one = new Sample("a", noise(8, 8), new Mask(8, 8, new byte[64]));
    ScoredClasses scored = ScoredClasses.of(1, Set.of());
    Sample two = new Sample("b", noise(12, 9), new Mask(12, 9, new byte[108]));
    try (Predictor predictor =
        new Predictor(network, logits(network), ENGINE, network.initial(1))) {
      ConfusionTable counts = predictor.counts(List.of(one, two), scored);
      ConfusionCounts background = counts.total(0);
      assertThat(counts.images()).isOne();
      assertThat(background.truePositives() + background.falseNegatives()).isEqualTo(64 + 108);
    }
  }

  static Picture noise(int width, int height) {
    SplittableRandom random = new SplittableRandom(width);
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new Picture(width, height, 1, values);
  }

  static OutputHead logits(UNet network) {
    return new OutputHead(PredictionKind.LOGITS, network.outputs());
  }
}
