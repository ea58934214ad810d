package io.lossmith.app.formats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** The bytes of a TIFF structure: a file, or what other formats hold one in for EXIF. */
final class TiffBytes {
  private static final int LITTLE = 0x4949;
  private static final int BIG = 0x4D4D;

  private final Source source;
  private final long length;
  private final ByteOrder order;

  @FunctionalInterface
  private interface Source {
    int read(ByteBuffer target, long position) throws IOException;
  }

  private TiffBytes(Source source, long length) throws IOException {
    this.source = source;
    this.length = length;
    this.order = ByteOrder.BIG_ENDIAN;
  }

  private TiffBytes(TiffBytes bytes, ByteOrder order) {
    this.source = bytes.source;
    this.length = bytes.length;
    this.order = order;
  }

  static TiffBytes of(FileChannel file) throws IOException {
    return ordered(new TiffBytes(file::read, file.size()));
  }

  static TiffBytes of(byte[] bytes) throws IOException {
    return ordered(
        new TiffBytes(
            (target, position) -> {
              int count = Math.min(target.remaining(), bytes.length - (int) position);
              target.put(bytes, (int) position, count);
              return count;
            },
            bytes.length));
  }

  private static TiffBytes ordered(TiffBytes bytes) throws IOException {
    int mark = bytes.at(0, 2).getShort() & 0xFFFF;
    if (mark != LITTLE && mark != BIG) {
      throw new IOException("its byte order is unknown");
    }
    return new TiffBytes(bytes, mark == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  ByteOrder order() {
    return order;
  }

  long length() {
    return length;
  }

  /**
   * Reads {@code count} bytes.
   *
   * @throws EOFException if there are not so many
   */
  ByteBuffer at(long position, long count) throws IOException {
    require(position, count);
    ByteBuffer bytes = ByteBuffer.allocate((int) count).order(order);
    while (bytes.hasRemaining()) {
      if (source.read(bytes, position + bytes.position()) <= 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }

  /** Checks that so many bytes are there. */
  void require(long position, long count) throws IOException {
    if (position < 0 || count < 0 || position > length - count || count > Integer.MAX_VALUE - 8) {
      throw new EOFException();
    }
  }
}
