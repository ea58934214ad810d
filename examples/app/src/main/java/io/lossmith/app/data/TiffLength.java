package io.lossmith.app.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageReader;

/**
 * Finds TIFF files that end within their directory: the reader passes over values that are not
 * there, such as how many bits a pixel has, and reads another picture. It finds cut pixels itself.
 */
final class TiffLength {
  /** Bytes of a value by its type's number: TIFF 6.0, section 2. */
  private static final int[] BYTES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

  private TiffLength() {}

  /**
   * Checks that what the first directory points to is within the file; other formats pass.
   *
   * @throws EOFException if the file is shorter
   */
  static void require(ImageReader reader, Path file) throws IOException {
    if (!reader.getFormatName().toLowerCase(Locale.ROOT).startsWith("tif")) {
      return;
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      boolean little = in.readShort() == 0x4949;
      in.seek(4);
      in.seek(number(in, little, 4));
      long fields = number(in, little, 2);
      for (long field = 0; field < fields; field++) {
        number(in, little, 2); // the tag
        int type = (int) number(in, little, 2);
        long size = number(in, little, 4) * (type < BYTES.length ? BYTES[type] : 1);
        long value = number(in, little, 4);
        if (size > 4 && value + size > in.length()) {
          throw new EOFException();
        }
      }
    }
  }

  private static long number(RandomAccessFile in, boolean little, int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (long) in.readUnsignedByte() << 8 * (little ? i : bytes - 1 - i);
    }
    return number;
  }
}
