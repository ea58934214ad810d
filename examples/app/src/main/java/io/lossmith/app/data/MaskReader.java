package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.Set;

/**
 * Reads masks.
 *
 * @param classes 1: a pixel brighter than half is foreground; more: the stored number, or the
 *     palette index, is the class
 * @param invert with one class: a pixel brighter than half is background instead
 * @param ignored labels that are allowed beyond the classes, because a loss leaves them out
 */
public record MaskReader(int classes, boolean invert, Set<Integer> ignored) {
  /**
   * Reads a mask.
   *
   * @throws BadInput if the file cannot be read or holds something else than classes
   */
  public Mask read(Path file) {
    Pixels pixels = Pixels.read(file);
    byte[] labels = new byte[pixels.width() * pixels.height()];
    for (int y = 0, i = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++, i++) {
        labels[i] = classes == 1 ? foreground(pixels, x, y) : label(file, pixels, x, y);
      }
    }
    return new Mask(pixels.width(), pixels.height(), labels);
  }

  private byte foreground(Pixels pixels, int x, int y) {
    float brightest = 0;
    for (int band = 0; band < pixels.brightBands(); band++) {
      brightest = Math.max(brightest, pixels.bright(x, y, band));
    }
    return (byte) (brightest > 0.5f != invert ? 1 : 0);
  }

  private byte label(Path file, Pixels pixels, int x, int y) {
    float label = pixels.stored(x, y, 0);
    for (int band = 1; !pixels.hasPalette() && band < pixels.bands(); band++) {
      if (pixels.stored(x, y, band) != label) {
        throw new BadInput(
            file
                + ": pixel ("
                + x
                + ", "
                + y
                + ") is a colour, must be a class in 0.."
                + (classes - 1)
                + "; save masks as grey or palette pictures.");
      }
    }
    if (label != Math.rint(label)
        || label < 0
        || label >= classes && !ignored.contains((int) label)) {
      throw new BadInput(
          file
              + ": pixel ("
              + x
              + ", "
              + y
              + ") is "
              + (label == Math.rint(label) ? String.valueOf((long) label) : label)
              + ", must be a class in 0.."
              + (classes - 1)
              + "; give --classes, or an ignoreIndex in a --loss (evaluate: --ignore-index).");
    }
    return (byte) label;
  }
}
