package io.lossmith.app.data;

import java.util.List;

/**
 * What to learn from and what to measure on.
 *
 * @param training at least one sample
 * @param validation at least one sample
 * @param channels channels of every picture: 1 or 3
 * @param scale what the values in the files became
 */
public record DataSet(List<Sample> training, List<Sample> validation, int channels, Scale scale) {
  /**
   * Makes a set whose pictures all have as many channels as the most colourful one, with black and
   * white as they follow from those to learn from.
   */
  public static DataSet of(List<Sample> training, List<Sample> validation, Contrast contrast) {
    int channels = Math.max(mostChannels(training), mostChannels(validation));
    Scale scale = contrast.scale(training);
    return new DataSet(
        changed(training, channels, scale), changed(validation, channels, scale), channels, scale);
  }

  private static int mostChannels(List<Sample> samples) {
    return samples.stream().mapToInt(sample -> sample.picture().channels()).max().orElse(1);
  }

  private static List<Sample> changed(List<Sample> samples, int channels, Scale scale) {
    return samples.stream()
        .map(
            sample ->
                new Sample(
                    sample.name(),
                    sample.picture().withChannels(channels).scaled(scale),
                    sample.mask()))
        .toList();
  }
}
