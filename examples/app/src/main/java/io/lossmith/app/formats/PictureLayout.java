package io.lossmith.app.formats;

/**
 * How a picture is stored, as its file says before pixels are read.
 *
 * @param width pixels in a row, upright
 * @param height rows, upright
 * @param type of the numbers
 * @param bands numbers of a pixel, transparency included
 * @param colours how many of these, from the first on, are colour: 1 (grey, or a palette entry) or
 *     3 (red, green, blue)
 * @param palette whether the one number is that of a palette entry
 */
public record PictureLayout(
    int width, int height, SampleType type, int bands, int colours, boolean palette) {
  /** Returns this as it is after turning by a quarter. */
  PictureLayout turned() {
    return new PictureLayout(height, width, type, bands, colours, palette);
  }
}
