package io.lossmith.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Npy;
import io.lossmith.app.data.NpyArray;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Source;
import io.lossmith.app.train.OutputHead;
import io.lossmith.app.train.Predictor;
import io.lossmith.app.train.UNet;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.PredictionKind;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionOutputTests {
  private static final int WIDTH = 30;
  private static final int HEIGHT = 22;

  @TempDir private Path folder;

  @Test
  void oneClassIsBlackAndWhite() throws IOException {
    byte[] classes = written(1, false);
    assertThat(classes).contains((byte) 0, (byte) 1);
    Raster mask = ImageIO.read(folder.resolve("a.png").toFile()).getRaster();
    assertThat(mask.getNumBands()).isEqualTo(1);
    for (int i = 0; i < classes.length; i++) {
      assertThat(mask.getSample(i % WIDTH, i / WIDTH, 0)).isEqualTo(255 * classes[i]);
    }
    assertThat(folder.toFile().list()).containsExactly("a.png");
  }

  @Test
  void classesAreTheirNumbers() throws IOException {
    byte[] classes = written(3, true);
    Raster mask = ImageIO.read(folder.resolve("a.png").toFile()).getRaster();
    for (int i = 0; i < classes.length; i++) {
      assertThat(mask.getSample(i % WIDTH, i / WIDTH, 0)).isEqualTo(classes[i]);
    }
    NpyArray array = Npy.read(folder.resolve("a.npy"));
    assertThat(array.shape()).isEqualTo(Shape.of(3, HEIGHT, WIDTH));
    int pixel = 5 * WIDTH + 7;
    float most = array.values()[classes[pixel] * WIDTH * HEIGHT + pixel];
    assertThat(most).isGreaterThan(1 / 3f);
  }

  @Test
  void oneClassHasOneProbability() {
    byte[] classes = written(1, true);
    NpyArray array = Npy.read(folder.resolve("a.npy"));
    assertThat(array.shape()).isEqualTo(Shape.of(1, HEIGHT, WIDTH));
    for (int i = 0; i < classes.length; i++) {
      assertThat(array.values()[i] >= 0.5f).isEqualTo(classes[i] == 1);
    }
  }

  private byte[] written(int outputs, boolean probabilities) {
    UNet network = new UNet(1, outputs);
    float[][] parameters = network.initial(5);
    for (float[] array : parameters) { // large enough that every class is answered somewhere
      for (int i = 0; i < array.length; i++) {
        array[i] *= 3;
      }
    }
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    Picture picture = new Picture(WIDTH, HEIGHT, 1, values);
    try (Predictor predictor =
        new Predictor(
            network,
            new OutputHead(PredictionKind.LOGITS, network.outputs()),
            Engines.defaultEngine(),
            parameters)) {
      parameters[parameters.length - 1][0] -= outputs == 1 ? median(predictor, picture) : 0;
      new PredictionOutput(folder, outputs, probabilities)
          .write("a", picture, predictor, Source.of(Path.of("a.tif")));
      return predictor.classes(picture);
    }
  }

  /** A logit that about half of the pixels are above. */
  private static float median(Predictor predictor, Picture picture) {
    float[] sorted = predictor.predict(picture).probabilities().clone();
    Arrays.sort(sorted);
    double middle = sorted[sorted.length / 2];
    return (float) Math.log(middle / (1 - middle));
  }
}
