package io.lossmith.app.data;

/**
 * What is true of each pixel of a picture.
 *
 * @param width pixels in a row
 * @param height rows
 * @param labels the class of each pixel, an unsigned byte, row-major; with one class 1 is
 *     foreground
 */
public record Mask(int width, int height, byte[] labels) {
  /** Returns the sizes as people say them. */
  public String size() {
    return width + " x " + height;
  }

  /** Returns the class of a pixel, counted row by row. */
  public int label(int pixel) {
    return labels[pixel] & 0xFF;
  }
}
