package io.lossmith.app.data;

import java.util.List;

/**
 * What to learn from and what to measure on.
 *
 * @param training at least one sample
 * @param validation at least one sample
 * @param channels channels of every picture: 1 or 3
 * @param white what the values in the files were divided by
 */
public record DataSet(List<Sample> training, List<Sample> validation, int channels, float white) {
  /**
   * Makes a set whose pictures all have as many channels as the most colourful one. Where the
   * brightest value to learn from is below half or above 1 (12 bits stored as 16, decimals), it
   * becomes white.
   */
  public static DataSet of(List<Sample> training, List<Sample> validation) {
    int channels = Math.max(mostChannels(training), mostChannels(validation));
    float brightest = brightest(training);
    float white = brightest > 0 && (brightest < 0.5f || brightest > 1) ? brightest : 1;
    return new DataSet(
        changed(training, channels, white), changed(validation, channels, white), channels, white);
  }

  private static int mostChannels(List<Sample> samples) {
    return samples.stream().mapToInt(sample -> sample.picture().channels()).max().orElse(1);
  }

  private static float brightest(List<Sample> samples) {
    float brightest = 0;
    for (Sample sample : samples) {
      Levels levels = sample.picture().levels();
      for (int i = 0; i < levels.length(); i++) {
        brightest = Math.max(brightest, levels.get(i));
      }
    }
    return brightest;
  }

  private static List<Sample> changed(List<Sample> samples, int channels, float white) {
    return samples.stream()
        .map(
            sample ->
                new Sample(
                    sample.name(),
                    sample.picture().withChannels(channels).dividedBy(white),
                    sample.mask()))
        .toList();
  }
}
