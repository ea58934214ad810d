package io.lossmith.app.data;

import java.util.Arrays;

/**
 * What is true of each pixel of a picture.
 *
 * @param width pixels in a row
 * @param height rows
 * @param labels the class of each pixel, an unsigned byte, row-major, or {@link #VOID}; with one
 *     class 1 is foreground
 */
public record Mask(int width, int height, byte[] labels) {
  /** The label of pixels of which nothing is known, whatever number files have for them. */
  public static final int VOID = 255;

  /** Returns the sizes as people say them. */
  public String size() {
    return width + " x " + height;
  }

  /** Returns the class of a pixel, counted row by row. */
  public int label(int pixel) {
    return labels[pixel] & 0xFF;
  }

  /** Returns {@code count} rows from {@code top} on. */
  Mask rows(int top, int count) {
    return new Mask(width, count, Arrays.copyOfRange(labels, top * width, (top + count) * width));
  }
}
