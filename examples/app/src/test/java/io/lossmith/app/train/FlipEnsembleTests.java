package io.lossmith.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Picture;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.PredictionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlipEnsembleTests {
  private static final Engine ENGINE = Engines.defaultEngine();
  private static final int WIDTH = 36;
  private static final int HEIGHT = 20;
  private static final int AREA = WIDTH * HEIGHT;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void answersAreTheMeansOverMirroredPictures(int outputs) {
    Picture picture = UNetTests.noise(WIDTH, HEIGHT);
    float[] means = new float[outputs * AREA];
    try (Predictor plain = plain(outputs)) {
      for (int mirrors = 0; mirrors < 4; mirrors++) {
        float[] answer = plain.predict(mirrored(picture, mirrors)).probabilities();
        for (int i = 0; i < means.length; i++) {
          means[i] += answer[i / AREA * AREA + mirrored(i % AREA, mirrors)] / 4;
        }
      }
    }
    try (Predictor ensemble = ensemble(outputs)) {
      Prediction prediction = ensemble.predict(picture);
      assertThat(furthest(prediction.probabilities(), means)).isLessThan(1e-6f);
      assertThat(prediction.classes()).isEqualTo(ensemble.classes(picture));
      for (int i = 0; i < AREA; i++) {
        assertThat((int) prediction.classes()[i])
            .isEqualTo(decided(prediction.probabilities(), outputs, i));
      }
    }
  }

  private static float furthest(float[] values, float[] others) {
    assertThat(values).hasSameSizeAs(others);
    float furthest = 0;
    for (int i = 0; i < values.length; i++) {
      furthest = Math.max(furthest, Math.abs(values[i] - others[i]));
    }
    return furthest;
  }

  private static int decided(float[] probabilities, int outputs, int pixel) {
    if (outputs == 1) {
      return probabilities[pixel] >= 0.5f ? 1 : 0;
    }
    int best = 0;
    for (int label = 1; label < outputs; label++) {
      best =
          probabilities[label * AREA + pixel] > probabilities[best * AREA + pixel] ? label : best;
    }
    return best;
  }

  @Test
  void aMirroredPictureHasTheMirroredAnswerToTheBit() {
    Picture picture = UNetTests.noise(WIDTH, HEIGHT);
    try (Predictor plain = plain(1);
        Predictor ensemble = ensemble(1)) {
      float[] answer = ensemble.predict(picture).probabilities();
      for (int mirrors = 1; mirrors < 4; mirrors++) {
        float[] other = ensemble.predict(mirrored(picture, mirrors)).probabilities();
        float[] without = plain.predict(mirrored(picture, mirrors)).probabilities();
        float[] back = new float[AREA];
        float[] backWithout = new float[AREA];
        for (int i = 0; i < AREA; i++) {
          back[i] = other[mirrored(i, mirrors)];
          backWithout[i] = without[mirrored(i, mirrors)];
        }
        assertThat(back).isEqualTo(answer);
        assertThat(backWithout).isNotEqualTo(plain.predict(picture).probabilities());
      }
    }
  }

  @Test
  void windowsMeetWithoutSeams() {
    Picture picture = UNetTests.noise(150, 93);
    try (Predictor ensemble = ensemble(3)) {
      float[] pieces = ensemble.predict(picture, 64).probabilities();
      assertThat(furthest(pieces, ensemble.predict(picture).probabilities())).isLessThan(1e-6f);
    }
  }

  @Test
  void plainValuesAreCutAtAHalf() {
    UNet network = new UNet(1, 1);
    OutputHead values = new OutputHead(PredictionKind.VALUES, 1);
    float[][] parameters = network.initial(5);
    parameters[parameters.length - 1][0] += 0.5f;
    try (Predictor ensemble = Predictor.overFlips(network, values, ENGINE, parameters)) {
      Prediction prediction = ensemble.predict(UNetTests.noise(WIDTH, HEIGHT));
      for (int i = 0; i < AREA; i++) {
        assertThat((int) prediction.classes()[i])
            .isEqualTo(prediction.probabilities()[i] >= 0.5f ? 1 : 0);
      }
    }
  }

  private static Predictor plain(int outputs) {
    UNet network = new UNet(1, outputs);
    return new Predictor(network, UNetTests.logits(network), ENGINE, network.initial(5));
  }

  private static Predictor ensemble(int outputs) {
    UNet network = new UNet(1, outputs);
    return Predictor.overFlips(network, UNetTests.logits(network), ENGINE, network.initial(5));
  }

  private static Picture mirrored(Picture picture, int mirrors) {
    float[] values = new float[AREA];
    for (int i = 0; i < AREA; i++) {
      values[i] = picture.value(0, mirrored(i, mirrors));
    }
    return new Picture(WIDTH, HEIGHT, 1, values);
  }

  /** The pixel that a pixel comes from: 1 is left to right, 2 is top to bottom, 3 is both. */
  private static int mirrored(int pixel, int mirrors) {
    int x = pixel % WIDTH;
    int y = pixel / WIDTH;
    return ((mirrors & 2) != 0 ? HEIGHT - 1 - y : y) * WIDTH
        + ((mirrors & 1) != 0 ? WIDTH - 1 - x : x);
  }
}
