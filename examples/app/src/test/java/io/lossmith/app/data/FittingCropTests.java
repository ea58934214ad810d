package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FittingCropTests {
  @Test
  void piecesFitInTheSmallestPicture() {
    assertThat(crop(List.of(sample(300, 200), sample(400, 400)), 128)).isEqualTo(128);
    assertThat(crop(List.of(sample(300, 75), sample(400, 400)), 128)).isEqualTo(72);
    assertThat(crop(List.of(sample(9, 9), sample(11, 11)), 128)).isEqualTo(8);
  }

  @Test
  void theOddOneIsNamed() {
    Sample odd = sample(4, 300);
    List<Sample> samples = List.of(sample(200, 200), odd, sample(150, 150));
    assertThatThrownBy(() -> crop(samples, 128))
        .hasMessage(
            "train: picture 4x300 is 4 x 300, too little for pieces of 128 x 128; take it away, or"
                + " give --crop 4.");
  }

  @Test
  void picturesOfOnePixelAreTooSmallForAnyPiece() {
    assertThatThrownBy(() -> crop(List.of(sample(1, 1)), 128))
        .hasMessage("train: picture 1x1 is 1 x 1, too little for pieces of 4 x 4; take it away.");
    assertThatThrownBy(() -> new CropSampler(List.of(sample(1, 1)), 8, 1))
        .hasMessageContaining("pictures must be 4 x 4 or larger")
        .hasMessageNotContaining("--crop 0");
  }

  private static int crop(List<Sample> samples, int most) {
    return FittingCrop.of(SharedSamples.of(samples).facts(), most);
  }

  private static Sample sample(int width, int height) {
    float[] values = new float[width * height];
    return new Sample(
        width + "x" + height,
        new Picture(width, height, 1, values),
        new Mask(width, height, new byte[values.length]));
  }
}
