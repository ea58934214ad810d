package io.lossmith.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.app.data.Picture;
import io.lossmith.core.engine.Engines;
import org.junit.jupiter.api.Test;

class PredictionTests {
  @Test
  void windowsGiveTheProbabilitiesOfTheWholePicture() {
    for (int outputs : new int[] {1, 3}) {
      UNet network = new UNet(1, outputs);
      try (Predictor predictor =
          new Predictor(
              network, UNetTests.logits(network), Engines.defaultEngine(), network.initial(5))) {
        Picture picture = UNetTests.noise(150, 93);
        Prediction whole = predictor.predict(picture);
        Prediction pieces = predictor.predict(picture, 64);
        assertThat(pieces.probabilities()).containsExactly(whole.probabilities(), within(1e-6f));
        assertThat(whole.classes()).isEqualTo(predictor.classes(picture));
      }
    }
  }

  @Test
  void probabilitiesOfClassesSumToOneAndTheClassHasTheGreatest() {
    UNet network = new UNet(1, 3);
    try (Predictor predictor =
        new Predictor(
            network, UNetTests.logits(network), Engines.defaultEngine(), network.initial(5))) {
      Prediction answer = predictor.predict(UNetTests.noise(20, 10));
      float[] p = answer.probabilities();
      assertThat(p).hasSize(600);
      for (int i = 0; i < 200; i++) {
        assertThat((double) p[i] + p[200 + i] + p[400 + i]).isCloseTo(1, within(1e-6));
        float greatest = Math.max(p[i], Math.max(p[200 + i], p[400 + i]));
        assertThat(p[200 * answer.classes()[i] + i]).isEqualTo(greatest);
      }
    }
  }

  @Test
  void hugeLogitsGiveNoughtAndOne() {
    float[] values = new float[3];
    new Probabilities(3, 1, values, false).take(0, new float[] {9, 1e30f, 9, -1e30f, 9, 0}, 1, 2);
    assertThat(values).containsExactly(1, 0, 0);
    new Probabilities(1, 1, values, false).take(0, new float[] {-1e30f}, 0, 1);
    assertThat(values[0]).isZero();
  }

  @Test
  void aNetworkThatAnswersNoNumbersIsAnError() {
    UNet network = new UNet(1, 1);
    float[][] huge = network.initial(1);
    for (float[] array : huge) {
      for (int i = 0; i < array.length; i++) {
        array[i] *= 1e20f;
      }
    }
    try (Predictor predictor =
        new Predictor(network, UNetTests.logits(network), Engines.defaultEngine(), huge)) {
      assertThatThrownBy(() -> predictor.classes(UNetTests.noise(8, 8)))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("must answer numbers; its weights are too large or damaged");
      assertThatThrownBy(() -> predictor.predict(UNetTests.noise(8, 8)))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void picturesOfManySizesAreAnsweredAlike() {
    UNet network = new UNet(1, 1);
    try (Predictor predictor =
        new Predictor(
            network, UNetTests.logits(network), Engines.defaultEngine(), network.initial(1))) {
      float[] first = predictor.predict(UNetTests.noise(9, 8)).probabilities();
      for (int side = 4; side <= 40; side += 4) { // more sizes than programs are kept for
        assertThat(predictor.classes(UNetTests.noise(side, side))).hasSize(side * side);
      }
      assertThat(predictor.predict(UNetTests.noise(9, 8)).probabilities()).isEqualTo(first);
    }
  }
}
