package io.lossmith.app.data;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How black and white follow from pictures: as percentiles of all their values, because one hot
 * pixel of a sensor is brighter than all that there is to see.
 *
 * @param black percentile that becomes black, null where it was not given
 * @param white percentile that becomes white, null where it was not given
 */
public record Contrast(@Nullable Double black, @Nullable Double white) {
  /** What becomes black unless given, in percent. */
  public static final double BLACK = 0.5;

  /** What becomes white unless given, in percent. */
  public static final double WHITE = 99.5;

  /** Black and white as files have them, unless pictures use little of what is between. */
  public static final Contrast AUTOMATIC = new Contrast(null, null);

  private static final int MOST_VALUES = 1 << 21; // looked at; enough for thousandths

  /** Returns black and white for pictures to learn from. */
  Scale scale(List<Sample> samples) {
    float[] values = values(samples);
    Arrays.sort(values);
    float low = percentile(values, black == null ? BLACK : black);
    float high = percentile(values, white == null ? WHITE : white);
    boolean usual = low >= 0 && high <= 1 && high >= 0.5f && high - low >= 0.25f;
    if (black == null && white == null && usual || high <= low) {
      return Scale.NONE;
    }
    // A black that is nearly 0 is 0: where most of a picture is empty, empty stays the same number.
    return new Scale(low >= 0 && low < 0.1f * high && black == null ? 0 : low, high);
  }

  private static float[] values(List<Sample> samples) {
    long all = samples.stream().mapToLong(sample -> sample.picture().levels().length()).sum();
    int step = all <= MOST_VALUES ? 1 : (int) (all / MOST_VALUES) + 1 | 1; // odd: rows are even
    float[] values = new float[(int) ((all + step - 1) / step)];
    int count = 0;
    long place = 0; // among the values of all pictures
    for (Sample sample : samples) {
      Levels levels = sample.picture().levels();
      for (long at = (step - place % step) % step; at < levels.length(); at += step) {
        values[count++] = levels.get((int) at);
      }
      place += levels.length();
    }
    return values;
  }

  private static float percentile(float[] sorted, double percent) {
    return sorted[(int) Math.round(percent / 100 * (sorted.length - 1))];
  }
}
