package io.lossmith.app.formats;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How the bytes of pixels are packed, all without loss. */
enum TiffCompression {
  NONE {
    @Override
    byte[] unpack(byte[] packed, int size) throws IOException {
      if (packed.length < size) {
        throw new EOFException();
      }
      return packed;
    }
  },

  LZW {
    @Override
    byte[] unpack(byte[] packed, int size) throws IOException {
      return TiffLzw.unpack(packed, size);
    }
  },

  DEFLATE {
    @Override
    byte[] unpack(byte[] packed, int size) throws IOException {
      byte[] plain = new byte[size];
      Inflater inflater = new Inflater();
      try {
        inflater.setInput(packed);
        for (int at = 0; at < size; ) {
          int more = inflater.inflate(plain, at, size - at);
          if (more == 0) {
            throw new EOFException();
          }
          at += more;
        }
        return plain;
      } catch (DataFormatException e) {
        throw new IOException("the file is damaged", e);
      } finally {
        inflater.end();
      }
    }
  },

  /** Bytes as they are, or repeated: TIFF 6.0, section 9. */
  PACK_BITS {
    @Override
    byte[] unpack(byte[] packed, int size) throws IOException {
      byte[] plain = new byte[size];
      int to = 0;
      for (int at = 0; to < size; ) {
        if (at >= packed.length) {
          throw new EOFException();
        }
        int head = packed[at++];
        int count = Math.min(size - to, head >= 0 ? head + 1 : 1 - head);
        if (head >= 0) {
          if (at + count > packed.length) {
            throw new EOFException();
          }
          System.arraycopy(packed, at, plain, to, count);
          at += head + 1;
          to += count;
        } else if (head != Byte.MIN_VALUE) {
          if (at >= packed.length) {
            throw new EOFException();
          }
          Arrays.fill(plain, to, to + count, packed[at++]);
          to += count;
        }
      }
      return plain;
    }
  };

  private static final Map<Integer, TiffCompression> NUMBERS =
      Map.of(1, NONE, 5, LZW, 8, DEFLATE, 32946, DEFLATE, 32773, PACK_BITS);

  private static final Map<Integer, String> OTHERS =
      Map.ofEntries(
          Map.entry(6, "old JPEG"),
          Map.entry(34712, "JPEG 2000"),
          Map.entry(33003, "JPEG 2000"),
          Map.entry(33005, "JPEG 2000"),
          Map.entry(34887, "LERC"),
          Map.entry(34892, "lossy JPEG"),
          Map.entry(34925, "LZMA"),
          Map.entry(34933, "PNG"),
          Map.entry(50000, "Zstandard"),
          Map.entry(50001, "WebP"),
          Map.entry(50002, "JPEG XL"));

  /**
   * Unpacks a stretch.
   *
   * @param size bytes that must come out; more are left away
   * @throws EOFException if there are fewer
   */
  abstract byte[] unpack(byte[] packed, int size) throws IOException;

  /** Returns whether a compression's number is one of these. */
  static boolean isKnown(long number) {
    return number == (int) number && NUMBERS.containsKey((int) number);
  }

  static TiffCompression of(long number) {
    TiffCompression known = NUMBERS.get((int) number);
    if (known == null) {
      throw new IllegalArgumentException("compression " + number);
    }
    return known;
  }

  /** Returns what people call a compression that is not read. */
  static String name(long number) {
    String name = OTHERS.get((int) number);
    return "compression " + number + (name == null ? "" : " (" + name + ")");
  }
}
