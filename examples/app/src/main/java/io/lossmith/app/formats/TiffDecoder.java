package io.lossmith.app.formats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts the numbers of a TIFF picture together out of strips or tiles. Other readers convert them to
 * colours on the way: signed numbers wrap, decimals are cut to 0..1 or rounded, channels get lost.
 */
final class TiffDecoder {
  private static final long HARMLESS = 1 << 26;
  private static final long BEST_PACKING = 2000; // Deflate gets to 1032, LZW to 1400

  private final TiffPicture picture;
  private final long offset; // bytes after the picture's own place, for those without a directory
  private final ByteOrder order;
  private final int bits;
  private final int size; // bytes of a number in memory
  private final int beside; // numbers of a pixel that stand side by side
  private final byte[] numbers;

  private TiffDecoder(TiffPicture picture, long offset) throws IOException {
    this.picture = picture;
    this.offset = offset;
    this.order = picture.fields.bytes().order();
    this.bits = picture.type.bits();
    this.size = (bits + 7) / 8;
    this.beside = picture.planar ? 1 : picture.bands;
    long bytes = bytesOf(picture);
    requirePossible(bytes);
    this.numbers = new byte[(int) bytes];
  }

  /** No file is packed this well, so its sizes are damage; small arrays do no harm. */
  private void requirePossible(long bytes) throws IOException {
    if (bytes > HARMLESS && bytes / BEST_PACKING > picture.fields.bytes().length()) {
      throw new EOFException();
    }
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new NotRead("has " + (bytes >> 20) + " MB of numbers, the limit is 2047; cut it");
    }
  }

  /** Returns how many bytes the numbers of a picture take. */
  static long bytesOf(TiffPicture picture) {
    long most = Long.MAX_VALUE / 64;
    long pixels = (long) picture.width * picture.height;
    int each = picture.bands * ((picture.type.bits() + 7) / 8);
    return pixels > most / Math.max(1, each) ? most : pixels * each;
  }

  /** Reads the numbers of a picture, {@code offset} bytes after where its directory says. */
  static Samples read(TiffPicture picture, long offset) throws IOException {
    TiffDecoder decoder = new TiffDecoder(picture, offset);
    decoder.read();
    return new TiffSamples(
        ByteBuffer.wrap(decoder.numbers).order(decoder.order),
        picture.type,
        decoder.size,
        picture.width,
        decoder.beside,
        picture.planar ? picture.width * picture.height : 1);
  }

  private void read() throws IOException {
    int wide = picture.segmentWidth();
    int high = picture.segmentHeight();
    int across = (picture.width + wide - 1) / wide;
    int down = (picture.height + high - 1) / high;
    int planes = picture.planar ? picture.bands : 1;
    long[] offsets = picture.segmentOffsets();
    long[] counts = picture.segmentBytes();
    if (offsets.length < (long) planes * across * down) {
      throw new EOFException();
    }
    for (int i = 0; i < planes * across * down; i++) {
      int top = i / across % down * high;
      int rows = picture.isTiled() ? high : Math.min(high, picture.height - top);
      long expected = rows * rowBytes(wide);
      requirePossible(expected);
      long count = i < counts.length ? counts[i] : expected;
      if (count == 0 && offsets[i] == 0) {
        continue; // left out where all of a tile is 0
      }
      byte[] plain = unpacked(offsets[i] + offset, count, (int) expected);
      TiffPredictor.undo(
          picture.fields.number(TiffTag.PREDICTOR, 1),
          plain,
          (int) rowBytes(wide),
          size,
          beside,
          order);
      place(plain, i / (across * down), i % across * wide, top, wide);
    }
  }

  private long rowBytes(int wide) {
    return ((long) wide * beside * bits + 7) / 8;
  }

  private byte[] unpacked(long position, long count, int expected) throws IOException {
    byte[] packed = picture.fields.bytes().at(position, count).array();
    return TiffCompression.of(picture.compression).unpack(packed, expected);
  }

  /** Copies a strip or tile, whatever of it is within the picture, to its place. */
  private void place(byte[] plain, int plane, int left, int top, int wide) {
    int columns = Math.min(wide, picture.width - left) * beside;
    int rowBytes = (int) rowBytes(wide);
    for (int y = top; y < picture.height && (y - top) * (long) rowBytes < plain.length; y++) {
      int from = (y - top) * rowBytes;
      int to = ((plane * picture.height + y) * picture.width + left) * beside * size;
      if (from + rowBytes > plain.length) {
        break;
      }
      if (bits % 8 == 0) {
        System.arraycopy(plain, from, numbers, to, columns * size);
      } else {
        spread(plain, from, to, columns);
      }
    }
  }

  /** Gives numbers of few bits, packed from the highest bit of a byte on, whole bytes each. */
  private void spread(byte[] plain, int from, int to, int count) {
    ByteBuffer target = ByteBuffer.wrap(numbers).order(order);
    int held = 0;
    int ahead = 0;
    int next = from;
    for (int i = 0; i < count; i++) {
      while (ahead < bits) {
        held = held << 8 | plain[next++] & 0xFF;
        ahead += 8;
      }
      ahead -= bits;
      int number = held >> ahead & (1 << bits) - 1;
      if (size == 1) {
        target.put(to + i, (byte) number);
      } else {
        target.putShort(to + 2 * i, (short) number);
      }
    }
  }
}
