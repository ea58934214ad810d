package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.app.workers.Alone;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContrastTests {
  @Test
  void picturesThatUseTheirRangeStayAsTheyAre() {
    assertThat(scale(Contrast.AUTOMATIC, 0, 0.9f)).isEqualTo(Scale.NONE);
    assertThat(scale(Contrast.AUTOMATIC, 0.1f, 0.55f)).isEqualTo(Scale.NONE);
    assertThat(scale(Contrast.AUTOMATIC, 0.4f, 0.4f)).isEqualTo(Scale.NONE);
  }

  @Test
  void whiteIsAPercentileOfDimPictures() {
    Scale scale = scale(Contrast.AUTOMATIC, 0, 0.0625f);
    assertThat(scale.black()).isZero();
    assertThat(scale.white()).isCloseTo(0.995f * 0.0625f, within(1e-4f));
  }

  @Test
  void oneHotPixelInEachPictureDecidesNothing() {
    Scale without = scale(Contrast.AUTOMATIC, 0, 0.0625f);
    List<Sample> hot = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      hot.add(ramp(0, 0.0625f, 1));
    }
    Scale with = scale(Contrast.AUTOMATIC, hot);
    assertThat(with.white()).isCloseTo(without.white(), within(1e-3f));
    Picture seen = hot.get(0).picture().scaled(with);
    assertThat(seen.value(0, 0)).as("the hot pixel").isEqualTo(2);
    assertThat(seen.values()[0]).isEqualTo(2);
  }

  @Test
  void farAwayFromZeroThereIsABlack() {
    Scale decimals = scale(Contrast.AUTOMATIC, 300, 340);
    assertThat(decimals.black()).isCloseTo(300.2f, within(0.05f));
    assertThat(decimals.white()).isCloseTo(339.8f, within(0.05f));
    Scale signed = scale(Contrast.AUTOMATIC, -0.03f, 0.1f);
    assertThat(signed.black()).isCloseTo(-0.03f, within(1e-3f));
  }

  @Test
  void percentilesCanBeGiven() {
    Scale scale = scale(new Contrast(10.0, 90.0), 0, 1);
    assertThat(scale.black()).isCloseTo(0.1f, within(1e-3f));
    assertThat(scale.white()).isCloseTo(0.9f, within(1e-3f));
  }

  @Test
  void whatIsFarBeyondIsCut() {
    Scale scale = new Scale(1, 3);
    assertThat(new float[] {scale.of(1), scale.of(2), scale.of(3), scale.of(9), scale.of(-9)})
        .containsExactly(0, 0.5f, 1, 2, -1);
  }

  private static Scale scale(Contrast contrast, float low, float high) {
    return scale(contrast, List.of(ramp(low, high, 0)));
  }

  private static Scale scale(Contrast contrast, List<Sample> samples) {
    return contrast.scale(SharedSamples.of(samples), Share.whole(1, 1), Alone.WORKER);
  }

  /** A picture of 1000 pixels from low to high, the first few of them 1. */
  private static Sample ramp(float low, float high, int hot) {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < hot ? 1 : low + (high - low) * i / 999;
    }
    return new Sample("a", new Picture(100, 10, 1, values), new Mask(100, 10, new byte[1000]));
  }
}
