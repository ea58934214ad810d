package io.lossmith.app.data;

/**
 * A picture as numbers.
 *
 * @param width pixels in a row
 * @param height rows
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param values {@code [channels, height, width]}, row-major; 0 is black, 1 is white
 */
public record Picture(int width, int height, int channels, float[] values) {
  /** Returns the sizes as people say them. */
  public String size() {
    return width + " x " + height;
  }

  /** Returns how many pixels there are. */
  public int pixels() {
    return width * height;
  }

  /** Returns this picture in grey or, for 3 channels, in colour. */
  public Picture withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    float[] changed = new float[wanted * pixels()];
    if (channels == 1) {
      for (int channel = 0; channel < wanted; channel++) {
        System.arraycopy(values, 0, changed, channel * pixels(), pixels());
      }
    } else {
      for (int i = 0; i < changed.length; i++) {
        changed[i] = (values[i] + values[i + pixels()] + values[i + 2 * pixels()]) / 3;
      }
    }
    return new Picture(width, height, wanted, changed);
  }

  /** Returns this picture with all values divided by a number. */
  public Picture dividedBy(float white) {
    if (white == 1) {
      return this;
    }
    float[] changed = values.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] /= white;
    }
    return new Picture(width, height, channels, changed);
  }
}
