package io.lossmith.app.data;

/**
 * A picture as numbers: 0 is black, 1 is white.
 *
 * @param width pixels in a row
 * @param height rows
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param levels {@code [channels, height, width]}, row-major, before {@code white}; or only one
 *     plane, which is then that of every channel
 * @param white what the levels are divided by where they are used
 */
public record Picture(int width, int height, int channels, Levels levels, float white) {
  /** Makes a picture of decimals {@code [channels, height, width]}. */
  public Picture(int width, int height, int channels, float[] values) {
    this(width, height, channels, new Levels.Floats(values), 1);
  }

  /** Returns the sizes as people say them. */
  public String size() {
    return width + " x " + height;
  }

  /** Returns how many pixels there are. */
  public int pixels() {
    return width * height;
  }

  /** Returns the number of a pixel, counted row by row. */
  public float value(int channel, int pixel) {
    return levels.get(plane(channel) + pixel) / white;
  }

  /** Copies the numbers of {@code count} pixels from {@code pixel} on to {@code target[at…]}. */
  public void copy(int channel, int pixel, int count, float[] target, int at) {
    levels.copy(plane(channel) + pixel, count, target, at);
    if (white != 1) {
      for (int i = at; i < at + count; i++) {
        target[i] /= white;
      }
    }
  }

  /** Returns all numbers {@code [channels, height, width]}, in four bytes each. */
  public float[] values() {
    float[] values = new float[channels * pixels()];
    for (int channel = 0; channel < channels; channel++) {
      copy(channel, 0, pixels(), values, channel * pixels());
    }
    return values;
  }

  private int plane(int channel) {
    return levels.length() == pixels() ? 0 : channel * pixels();
  }

  /** Returns this picture in grey or, for 3 channels, in colour. */
  public Picture withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    if (channels == 1) {
      return new Picture(width, height, wanted, levels, white);
    }
    float[] mean = new float[pixels()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (value(0, i) + value(1, i) + value(2, i)) / 3;
    }
    return new Picture(width, height, wanted, mean);
  }

  /** Returns this picture with all values divided by a number. */
  public Picture dividedBy(float divisor) {
    return divisor == 1 ? this : new Picture(width, height, channels, levels, white * divisor);
  }
}
