package io.lossmith.app.data;

import io.lossmith.app.formats.PictureLayout;
import io.lossmith.app.formats.SampleType;
import io.lossmith.app.formats.Samples;
import io.lossmith.app.formats.Stored;
import io.lossmith.app.io.BadInput;
import java.util.Arrays;

/** Reads pictures as brightness: grey or red, green and blue; transparency is left out. */
public final class PictureReader {
  private PictureReader() {}

  /**
   * Reads a picture; one whose pixels all have equal red, green and blue counts as grey.
   *
   * @throws BadInput if it cannot be read
   */
  public static Picture read(Source source) {
    return read(source, new Tally());
  }

  /**
   * Reads a picture and notes what was done to it.
   *
   * @throws BadInput if it cannot be read
   */
  static Picture read(Source source, Tally notes) {
    Stored stored = source.read();
    if (stored.turned()) {
      notes.add("turned upright");
    }
    if (stored.alpha()) {
      notes.add("without their transparency");
    }
    PictureLayout layout = stored.layout();
    Samples samples = bright(stored);
    int bands = bands(layout);
    int count = Math.multiplyExact(layout.width(), layout.height());
    Levels levels = Levels.of(type(layout), Math.multiplyExact(bands, count));
    boolean grey = true;
    double[][] rows = new double[bands][layout.width()];
    for (int y = 0; y < layout.height(); y++) {
      for (int band = 0; band < bands; band++) {
        double[] row = rows[band];
        samples.row(band, y, row);
        int start = band * count + y * row.length;
        for (int x = 0; x < row.length; x++) {
          if (!Float.isFinite((float) row[x])) {
            throw new BadInput(
                source + ": pixel (" + x + ", " + y + ") is " + row[x] + ", must be a number.");
          }
          levels.set(start + x, row[x]);
        }
        grey = grey && Arrays.equals(row, rows[0]);
      }
    }
    if (bands == 3 && grey) {
      levels = levels.part(0, count, 0, 1);
      bands = 1;
    }
    return new Picture(layout.width(), layout.height(), bands, levels, Scale.NONE);
  }

  /** Returns how many bands of brightness a picture has that is stored like this. */
  static int bands(PictureLayout layout) {
    return layout.palette() ? 3 : layout.colours();
  }

  /** Returns the type of the brightness of a picture that is stored like this. */
  static SampleType type(PictureLayout layout) {
    return layout.palette() ? SampleType.unsigned(Byte.SIZE) : layout.type();
  }

  /** Looks at what is stored as brightness, in whole numbers where it has them. */
  private static Samples bright(Stored stored) {
    int[] palette = stored.palette();
    if (palette != null) {
      return (band, x, y) -> palette[(int) stored.samples().at(0, x, y)] >> (16 - 8 * band) & 0xFF;
    }
    if (stored.whiteIsZero()) {
      double ends = stored.type().white() + stored.type().least();
      return (band, x, y) -> ends - stored.samples().at(band, x, y);
    }
    return stored.samples();
  }
}
