package io.lossmith.app.data;

/**
 * A picture as numbers: 0 is black, 1 is white.
 *
 * @param width pixels in a row
 * @param height rows
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param levels {@code [channels, height, width]}, row-major, as in the file; or only one plane,
 *     which is then that of every channel
 * @param scale what the levels become where they are used
 */
public record Picture(int width, int height, int channels, Levels levels, Scale scale) {
  /** Makes a picture of decimals {@code [channels, height, width]}. */
  public Picture(int width, int height, int channels, float[] values) {
    this(width, height, channels, new Levels.Floats(values, 1), Scale.NONE);
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
    return scale.of(levels.get(plane(channel) + pixel));
  }

  /** Copies the numbers of {@code count} pixels from {@code pixel} on to {@code target[at…]}. */
  public void copy(int channel, int pixel, int count, float[] target, int at) {
    levels.copy(plane(channel) + pixel, count, target, at);
    scale.apply(target, at, at + count);
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
      return new Picture(width, height, wanted, levels, scale);
    }
    float[] mean = new float[pixels()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (value(0, i) + value(1, i) + value(2, i)) / 3;
    }
    return new Picture(width, height, wanted, mean);
  }

  /** Returns this picture with another scale. */
  public Picture scaled(Scale wanted) {
    return new Picture(width, height, channels, levels, wanted);
  }

  /** Returns {@code count} rows from {@code top} on. */
  Picture rows(int top, int count) {
    int planes = levels.length() / pixels();
    Levels part = levels.part(top * width, count * width, pixels(), planes);
    return new Picture(width, count, channels, part, scale);
  }
}
