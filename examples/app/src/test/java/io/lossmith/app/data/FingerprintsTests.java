package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintsTests {
  private static final List<String> CELLS = of(SyntheticCells.make(3, 1, 16, 1));

  private static List<String> of(DataSet data) {
    return Fingerprints.of(data);
  }

  @Test
  void theSamePicturesHaveNoDifference() {
    assertThat(Fingerprints.difference(CELLS, of(SyntheticCells.make(3, 1, 16, 1)))).isEmpty();
  }

  @Test
  void countAndSizeAndContentAreTold() {
    assertThat(Fingerprints.difference(CELLS, of(SyntheticCells.make(4, 1, 16, 1))))
        .isEqualTo("there are 5 pictures, there were 4");
    assertThat(Fingerprints.difference(CELLS, of(SyntheticCells.make(3, 1, 20, 1))))
        .contains("training picture cells-001, 20 x 20, ", "where there was", "16 x 16");
    assertThat(Fingerprints.difference(CELLS, of(SyntheticCells.make(3, 1, 16, 2))))
        .contains("checksum");
  }

  @Test
  void oneChangedPixelOfAPictureOrMaskIsSeen() {
    DataSet data = SyntheticCells.make(3, 1, 16, 1);
    data.validation().get(0).mask().labels()[37] ^= 1;
    SharedSamples looked = SharedSamples.of(data.validation().all()); // again
    assertThat(
            Fingerprints.difference(CELLS, of(new DataSet(data.training(), looked, 1, Scale.NONE))))
        .startsWith("there is validation picture cells-004");
    data.validation().get(0).mask().labels()[37] ^= 1;
    Picture last = data.training().get(2).picture();
    float[] values = last.values().clone();
    values[255] += 0.01f;
    Sample changed =
        new Sample("cells-003", new Picture(16, 16, 1, values), data.training().get(2).mask());
    SharedSamples training =
        SharedSamples.of(List.of(data.training().get(0), data.training().get(1), changed));
    assertThat(
            Fingerprints.difference(
                CELLS, of(new DataSet(training, data.validation(), 1, Scale.NONE))))
        .startsWith("there is training picture cells-003");
  }
}
