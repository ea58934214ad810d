package io.lossmith.app.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small picture files for tests. */
public final class Drawn {
  private Drawn() {}

  /** Writes an 8-bit grey picture. */
  public static Path grey(Path file, int width, int... values) {
    return stored(file, BufferedImage.TYPE_BYTE_GRAY, width, values);
  }

  /** Writes a 16-bit grey picture. */
  public static Path grey16(Path file, int width, int... values) {
    return stored(file, BufferedImage.TYPE_USHORT_GRAY, width, values);
  }

  /** Writes a colour picture; values are 0xRRGGBB. */
  public static Path colour(Path file, int width, int... values) {
    BufferedImage image =
        new BufferedImage(width, values.length / width, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, values.length / width, values, 0, width);
    return written(file, image);
  }

  /** Writes a colour picture with transparency; values are 0xAARRGGBB. */
  static Path transparent(Path file, int width, int... values) {
    BufferedImage image =
        new BufferedImage(width, values.length / width, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, values.length / width, values, 0, width);
    return written(file, image);
  }

  /** Writes a picture of palette indices. */
  static Path palette(Path file, int[] colours, int width, int... values) {
    IndexColorModel model = new IndexColorModel(8, colours.length, colours, 0, false, -1, 0);
    BufferedImage image =
        new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_INDEXED, model);
    image.getRaster().setSamples(0, 0, width, values.length / width, 0, values);
    return written(file, image);
  }

  private static Path stored(Path file, int type, int width, int... values) {
    BufferedImage image = new BufferedImage(width, values.length / width, type);
    image.getRaster().setSamples(0, 0, width, values.length / width, 0, values);
    return written(file, image);
  }

  private static Path written(Path file, BufferedImage image) {
    String name = file.toString();
    try {
      String format = name.substring(name.lastIndexOf('.') + 1).replace("tif", "tiff");
      if (!ImageIO.write(image, format, file.toFile())) {
        throw new IllegalStateException("no writer for " + file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }
}
