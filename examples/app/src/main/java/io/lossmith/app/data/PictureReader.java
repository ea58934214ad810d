package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.nio.file.Path;

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
    Levels levels = Levels.ofBits(pixels.brightBits(), Math.multiplyExact(bands, count));
    boolean grey = true;
    for (int y = 0, i = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++, i++) {
        float first = pixels.level(x, y, 0);
        for (int band = 0; band < bands; band++) {
          float level = band == 0 ? first : pixels.level(x, y, band);
          if (!Float.isFinite(level)) {
            throw new BadInput(
                file + ": pixel (" + x + ", " + y + ") is " + level + ", must be a number.");
          }
          levels.set(band * count + i, level);
          grey &= level == first;
        }
      }
    }
    if (bands == 3 && grey) {
      levels = levels.first(count);
      bands = 1;
    }
    return new Picture(pixels.width(), pixels.height(), bands, levels, 1);
  }
}
