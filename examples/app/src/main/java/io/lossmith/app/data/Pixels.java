package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/**
 * The stored samples of a picture file (PNG, JPEG, TIFF), as they are: no colour management, which
 * would bend grey values.
 */
final class Pixels {
  private final BufferedImage image;
  private final Raster raster;
  private final ColorModel colors;
  private final int brightBits;

  private Pixels(BufferedImage image) {
    this.image = image;
    this.raster = image.getRaster();
    this.colors = image.getColorModel();
    this.brightBits = hasPalette() ? Byte.SIZE : commonBits(raster.getSampleModel());
  }

  /** Returns how many bits each band has; 32, as for decimals, where they differ. */
  private static int commonBits(SampleModel samples) {
    int[] sizes = samples.getSampleSize();
    return Arrays.stream(sizes).allMatch(size -> size == sizes[0]) ? sizes[0] : Float.SIZE;
  }

  static {
    ImageIO.setUseCache(false);
  }

  /** Reads a file that must hold exactly one whole picture. */
  static Pixels read(Path file) {
    return open(
        file,
        reader -> {
          TiffLength.require(reader, file);
          int pictures = reader.getNumImages(true);
          if (pictures != 1) {
            throw new BadInput(
                file
                    + ": holds "
                    + pictures
                    + " pictures, must be 1; save each page as its own file.");
          }
          reader.addIIOReadWarningListener(refuseCutFiles(file));
          return new Pixels(reader.read(0));
        });
  }

  /** What is asked of a reader that has a file. */
  @FunctionalInterface
  interface Question<T> {
    T answer(ImageReader reader) throws IOException;
  }

  /** Opens a file and says in one line what is wrong with it. */
  static <T> T open(Path file, Question<T> question) {
    if (!Files.isRegularFile(file)) {
      throw new BadInput(file + ": there is no such file.");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      if (in == null) {
        throw new BadInput(file + ": cannot be read; permission denied.");
      }
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new BadInput(file + ": is no picture that can be read, must be PNG, JPEG or TIFF.");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return question.answer(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof BadInput known) {
        throw known;
      }
      String reason = e instanceof IOException io ? Reasons.of(end(io)) : "the file is damaged";
      throw new BadInput(file + ": cannot be read as a picture; " + reason + ".", e);
    }
  }

  /** Readers wrap the end of the file into words of their own. */
  private static IOException end(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException
          || String.valueOf(cause.getMessage()).matches(".*(out of stream|chunk length).*")) {
        return new EOFException();
      }
    }
    return failure;
  }

  /** The JPEG reader only warns about a cut file and fills the rest with grey. */
  private static IIOReadWarningListener refuseCutFiles(Path file) {
    return (source, warning) -> {
      String text = warning.toLowerCase(Locale.ROOT);
      if (text.contains("premature") || text.contains("truncated")) {
        throw new BadInput(file + ": cannot be read as a picture; the file ends too early.");
      }
    };
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** Returns whether pixels are numbers of palette entries. */
  boolean hasPalette() {
    return colors instanceof IndexColorModel;
  }

  /** Returns how many bands are colour or grey, without transparency. */
  int bands() {
    return colors.getNumColorComponents();
  }

  /** Returns the stored number: a palette index, a grey value, or a band of a colour. */
  float stored(int x, int y, int band) {
    return raster.getSampleFloat(x, y, band);
  }

  /** Returns whether stored numbers are whole. */
  boolean isWhole() {
    return !isFloat();
  }

  /**
   * Returns red, green and blue (band 0 to 2) or grey in 0..1; decimal files are taken as they are.
   */
  float bright(int x, int y, int band) {
    float level = level(x, y, band);
    int bits = brightBits();
    return bits > Short.SIZE ? level : level / ((1 << bits) - 1);
  }

  /**
   * Returns red, green and blue (band 0 to 2) or grey as a whole number of {@link #brightBits}, or
   * where those are over 16 as {@link #bright} is.
   */
  float level(int x, int y, int band) {
    if (colors instanceof IndexColorModel palette) {
      return palette.getRGB(raster.getSample(x, y, 0)) >> (16 - 8 * band) & 0xFF;
    }
    if (brightBits() <= Short.SIZE) {
      return raster.getSample(x, y, band);
    }
    float value = raster.getSampleFloat(x, y, band);
    int bits = raster.getSampleModel().getSampleSize(band);
    return isFloat() ? value : (float) (value / (Math.scalb(1.0, bits) - 1));
  }

  /**
   * Reads a whole row at once, where {@link #level} asks for each pixel.
   *
   * @param row takes {@code level(0, y, band)} and on
   */
  void row(int y, int band, float[] row) {
    if (hasPalette() || brightBits() > Short.SIZE) {
      for (int x = 0; x < row.length; x++) {
        row[x] = level(x, y, band);
      }
      return;
    }
    int[] whole = raster.getSamples(0, y, row.length, 1, band, (int[]) null);
    for (int x = 0; x < row.length; x++) {
      row[x] = whole[x];
    }
  }

  /** Returns how many bits a band of a pixel's brightness has. */
  int brightBits() {
    return brightBits;
  }

  /** Returns how many bands {@link #bright} has: 1 or 3. */
  int brightBands() {
    return hasPalette() ? 3 : bands() >= 3 ? 3 : 1;
  }

  private boolean isFloat() {
    int type = raster.getSampleModel().getDataType();
    return type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
  }
}
