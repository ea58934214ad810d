package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads pictures: 8 and 16 bits, grey, colour or palette; transparency is left out. */
public final class PictureReader {
  private PictureReader() {}

  /**
   * Reads a picture; one whose pixels all have equal red, green and blue counts as grey.
   *
   * @throws BadInput if the file cannot be read
   */
  public static Picture read(Path file) {
    Pixels pixels = Pixels.read(file);
    int bands = pixels.brightBands();
    int count = pixels.width() * pixels.height();
    float[] values = new float[bands * count];
    boolean grey = true;
    for (int y = 0, i = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++, i++) {
        for (int band = 0; band < bands; band++) {
          float value = pixels.bright(x, y, band);
          if (!Float.isFinite(value)) {
            throw new BadInput(
                file + ": pixel (" + x + ", " + y + ") is " + value + ", must be a number.");
          }
          values[band * count + i] = value;
          grey &= value == values[i];
        }
      }
    }
    if (bands == 3 && grey) {
      values = Arrays.copyOf(values, count);
      bands = 1;
    }
    return new Picture(pixels.width(), pixels.height(), bands, values);
  }
}
