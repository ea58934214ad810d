package io.lossmith.app.data;

import io.lossmith.core.collective.Collective;
import io.lossmith.core.op.Fold;
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

  private static final int MOST_VALUES = 1 << 21; // looked at of all; enough for thousandths
  private static final int LEAST_VALUES = 1 << 15; // of a picture, however many there are
  private static final int HALF = 1 << 16; // the upper half of a float's bits tells so many apart

  /**
   * Returns black and white for pictures to learn from.
   *
   * @param share whose pictures are here
   * @param others who have the other pictures; all must call this
   */
  public Scale scale(SharedSamples training, Share share, Collective others) {
    int most = Math.max(LEAST_VALUES, MOST_VALUES / training.size());
    List<Sample> samples = share.firstOf(training.size()).stream().map(training::get).toList();
    double[] upper = new double[HALF];
    visit(samples, most, (bits, times) -> upper[bits >>> Short.SIZE] += times);
    others.allReduce(upper, HALF, Fold.SUM);
    double count = Arrays.stream(upper).sum();
    Place dark = Place.of(upper, percentile(count, black == null ? BLACK : black));
    Place bright = Place.of(upper, percentile(count, white == null ? WHITE : white));
    double[] lower = new double[2 * HALF];
    visit(
        samples,
        most,
        (bits, times) -> {
          int half = bits >>> Short.SIZE;
          lower[bits & HALF - 1] += half == dark.half() ? times : 0;
          lower[HALF + (bits & HALF - 1)] += half == bright.half() ? times : 0;
        });
    others.allReduce(lower, 2 * HALF, Fold.SUM);
    return scale(
        dark.value(Arrays.copyOf(lower, HALF)),
        bright.value(Arrays.copyOfRange(lower, HALF, 2 * HALF)));
  }

  private Scale scale(float low, float high) {
    boolean usual = low >= 0 && high <= 1 && high >= 0.5f && high - low >= 0.25f;
    if (black == null && white == null && usual || high <= low) {
      return Scale.NONE;
    }
    // A black that is nearly 0 is 0: where most of a picture is empty, empty stays the same number.
    return new Scale(low >= 0 && low < 0.1f * high && black == null ? 0 : low, high);
  }

  /** Returns how many of so many sorted values come before one. */
  private static double percentile(double count, double percent) {
    return Math.round(percent / 100 * (count - 1));
  }

  @FunctionalInterface
  private interface Visitor {
    /**
     * Takes a value.
     *
     * @param bits of the float, changed so that unsigned numbers are ordered as the floats are
     * @param times how many values it stands for
     */
    void visit(int bits, int times);
  }

  /** Of a large picture some values stand for all, wherever it is read and beside whatever. */
  private static void visit(List<Sample> samples, int most, Visitor visitor) {
    for (Sample sample : samples) {
      Levels levels = sample.picture().levels();
      int length = levels.length();
      int step = length <= most ? 1 : length / most + 1 | 1; // odd: rows are even
      for (long at = 0; at < length; at += step) {
        visitor.visit(ordered(levels.get((int) at)), step);
      }
    }
  }

  private static int ordered(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ (bits >> 31 | Integer.MIN_VALUE);
  }

  private static float value(int ordered) {
    return Float.intBitsToFloat(ordered ^ (~ordered >> 31 | Integer.MIN_VALUE));
  }

  /**
   * Where a percentile is among all values.
   *
   * @param half the upper half of its bits
   * @param before how many values with these come before it
   */
  private record Place(int half, double before) {
    static Place of(double[] counts, double before) {
      int at = 0;
      double left = before;
      while (left >= counts[at]) {
        left -= counts[at++];
      }
      return new Place(at, left);
    }

    float value(double[] lower) {
      return Contrast.value(half << Short.SIZE | of(lower, before).half());
    }
  }
}
