package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyntheticCellsTests {
  @Test
  void theSameSeedMakesTheSamePictures() {
    Sample one = SyntheticCells.make(1, 1, 64, 7).training().get(0);
    Sample same = SyntheticCells.make(1, 1, 64, 7).training().get(0);
    Sample other = SyntheticCells.make(1, 1, 64, 8).training().get(0);
    assertThat(one.picture().values()).isEqualTo(same.picture().values());
    assertThat(one.mask().labels()).isEqualTo(same.mask().labels());
    assertThat(one.picture().values()).isNotEqualTo(other.picture().values());
  }

  @Test
  void cellsAreBrighterThanWhatLiesBetweenThem() {
    for (Sample sample : SyntheticCells.make(6, 2, 128, 1).training().all()) {
      double[] sums = new double[2];
      int[] counts = new int[2];
      for (int i = 0; i < sample.picture().pixels(); i++) {
        sums[sample.mask().label(i)] += sample.picture().values()[i];
        counts[sample.mask().label(i)]++;
      }
      assertThat(counts[1]).isBetween(128 * 128 / 10, 128 * 128 * 6 / 10);
      assertThat(sums[1] / counts[1]).isGreaterThan(sums[0] / counts[0] + 0.15);
    }
  }

  @Test
  void everyPictureIsAnother() {
    DataSet data = SyntheticCells.make(2, 1, 48, 3);
    assertThat(data.training().get(0).picture().values())
        .isNotEqualTo(data.training().get(1).picture().values());
    assertThat(data.validation().get(0).name()).isEqualTo("cells-003");
    assertThat(data.channels()).isEqualTo(1);
  }
}
