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
    Levels levels = Levels.ofBits(pixels.brightBits(), Math.multiplyExact(bands, count));
    boolean grey = true;
    float[][] rows = new float[bands][pixels.width()];
    for (int y = 0; y < pixels.height(); y++) {
      for (int band = 0; band < bands; band++) {
        float[] row = rows[band];
        pixels.row(y, band, row);
        int start = band * count + y * row.length;
        for (int x = 0; x < row.length; x++) {
          if (!Float.isFinite(row[x])) {
            throw new BadInput(
                file + ": pixel (" + x + ", " + y + ") is " + row[x] + ", must be a number.");
          }
          levels.set(start + x, row[x]);
        }
        grey = grey && Arrays.equals(row, rows[0]);
      }
    }
    if (bands == 3 && grey) {
      levels = levels.first(count);
      bands = 1;
    }
    return new Picture(pixels.width(), pixels.height(), bands, levels, 1);
  }
}
