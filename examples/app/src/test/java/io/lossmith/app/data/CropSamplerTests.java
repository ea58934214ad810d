package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CropSamplerTests {
  @Test
  void picturesAndLabelsAreCutAtTheSamePlace() {
    int width = 12;
    int height = 9;
    float[] values = new float[3 * width * height];
    byte[] labels = new byte[width * height];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) i;
      for (int channel = 0; channel < 3; channel++) {
        values[channel * labels.length + i] = 1000 * channel + i;
      }
    }
    Sample sample =
        new Sample("s", new Picture(width, height, 3, values), new Mask(width, height, labels));
    float[] pictures = new float[5 * 3 * 16];
    float[] truths = new float[5 * 16];
    CropSampler sampler = new CropSampler(List.of(sample), 4, 1);
    for (int batch = 0; batch < 20; batch++) {
      sampler.fill(pictures, truths);
      for (int item = 0; item < 5; item++) {
        for (int pixel = 0; pixel < 16; pixel++) {
          float label = truths[item * 16 + pixel];
          assertThat(label).isEqualTo(truths[item * 16] + pixel / 4 * width + pixel % 4);
          for (int channel = 0; channel < 3; channel++) {
            assertThat(pictures[(item * 3 + channel) * 16 + pixel])
                .isEqualTo(1000 * channel + label);
          }
        }
      }
    }
  }

  @Test
  void theSeedDecidesWhatIsCut() {
    Sample sample = SyntheticCells.make(1, 1, 8, 1).training().get(0);
    float[] first = new float[16];
    float[] again = new float[16];
    float[] labels = new float[16];
    new CropSampler(List.of(sample), 4, 5).fill(first, labels);
    new CropSampler(List.of(sample), 4, 5).fill(again, labels);
    assertThat(first).isEqualTo(again);
    new CropSampler(List.of(sample), 8, 5).fill(new float[64], new float[64]);
  }

  @Test
  void aPictureSmallerThanAPieceIsRefused() {
    Sample sample = SyntheticCells.make(1, 1, 30, 1).training().get(0);
    assertThatThrownBy(() -> new CropSampler(List.of(sample), 32, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("cells-001 is 30 x 30, --crop is 32; give --crop 28 or less");
  }

  @Test
  void piecesAreWhatTheyAreInTheWholeWhoeverCutsThem() {
    SharedSamples samples = SyntheticCells.make(7, 1, 24, 1).training();
    Pieces pieces = new Pieces(5, 8, 0.5, new Augmentation(true, true, true));
    CropSampler all = new CropSampler(samples, pieces, 3, Share.whole(5, 1));
    Collective second = LocalCollective.of(2, Duration.ofSeconds(1)).get(1);
    CropSampler few = new CropSampler(samples, pieces, 3, Share.of(List.of(second), 5, 1));
    float[] whole = new float[5 * 64];
    float[] part = new float[2 * 64];
    for (int step = 1; step <= 20; step++) {
      all.startStep(step);
      all.fill(whole, new float[5 * 64]);
      few.startStep(step);
      few.fill(part, new float[2 * 64]);
      assertThat(part).isEqualTo(Arrays.copyOfRange(whole, 3 * 64, 5 * 64));
    }
  }

  @Test
  void aBatchHasPiecesOfAllPictures() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      float[] values = new float[64];
      Arrays.fill(values, i);
      samples.add(new Sample("s" + i, new Picture(8, 8, 1, values), new Mask(8, 8, new byte[64])));
    }
    CropSampler sampler =
        new CropSampler(
            SharedSamples.of(samples),
            new Pieces(6, 4, 0, Augmentation.NONE),
            3,
            Share.whole(6, 1));
    float[] pictures = new float[6 * 16];
    for (int batch = 0; batch < 5; batch++) {
      sampler.fill(pictures, new float[6 * 16]);
      Set<Float> seen = new HashSet<>();
      for (float value : pictures) {
        seen.add(value);
      }
      assertThat(seen).hasSize(6);
    }
  }
}
