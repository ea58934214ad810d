package io.lossmith.app.data;

import java.util.List;

/**
 * What to learn from and what to measure on.
 *
 * @param training at least one sample
 * @param validation at least one sample
 * @param channels channels of every picture: 1 or 3
 */
public record DataSet(List<Sample> training, List<Sample> validation, int channels) {
  /** Makes a set whose pictures all have as many channels as the most colourful one. */
  public static DataSet of(List<Sample> training, List<Sample> validation) {
    int channels = Math.max(mostChannels(training), mostChannels(validation));
    return new DataSet(
        withChannels(training, channels), withChannels(validation, channels), channels);
  }

  private static int mostChannels(List<Sample> samples) {
    return samples.stream().mapToInt(sample -> sample.picture().channels()).max().orElse(1);
  }

  private static List<Sample> withChannels(List<Sample> samples, int channels) {
    return samples.stream()
        .map(s -> new Sample(s.name(), s.picture().withChannels(channels), s.mask()))
        .toList();
  }
}
