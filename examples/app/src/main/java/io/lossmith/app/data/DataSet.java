package io.lossmith.app.data;

import java.util.List;
import java.util.stream.Stream;

/**
 * What to learn from and what to measure on.
 *
 * @param training at least one sample
 * @param validation at least one sample
 * @param channels channels of every picture: 1 or 3
 * @param scale what the values in the files became
 */
public record DataSet(SharedSamples training, SharedSamples validation, int channels, Scale scale) {
  /** Makes a set whose pictures all have as many channels as the most colourful one. */
  public static DataSet of(SharedSamples training, SharedSamples validation) {
    int channels = all(training, validation).mapToInt(SampleFacts::channels).max().orElse(1);
    return new DataSet(
        training.with(picture -> picture.withChannels(channels)),
        validation.with(picture -> picture.withChannels(channels)),
        channels,
        Scale.NONE);
  }

  /** Returns the same pictures with another black and white. */
  public DataSet scaled(Scale scale) {
    return new DataSet(
        training.with(picture -> picture.scaled(scale)),
        validation.with(picture -> picture.scaled(scale)),
        channels,
        scale);
  }

  /** Returns what is known of all samples, first those to learn from. */
  public List<SampleFacts> facts() {
    return all(training, validation).toList();
  }

  private static Stream<SampleFacts> all(SharedSamples training, SharedSamples validation) {
    return Stream.concat(training.facts().stream(), validation.facts().stream());
  }
}
