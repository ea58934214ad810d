package io.lossmith.app.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Undoes what was done to rows so that they pack better: TIFF 6.0, section 14, and its note 3. */
final class TiffPredictor {
  private static final int DIFFERENCES = 2;
  private static final int DECIMALS = 3;

  private TiffPredictor() {}

  /** Tells whether numbers of so many bytes can be had back. */
  static boolean isKnown(long predictor, int bits) {
    boolean whole = bits == 8 || bits == 16 || bits == 32 || bits == 64;
    return predictor == 1 || (predictor == DIFFERENCES || predictor == DECIMALS) && whole;
  }

  /**
   * Undoes it in place.
   *
   * @param size bytes of a number
   * @param bands numbers of a pixel that stand side by side
   * @param rowBytes of a row
   */
  static void undo(
      long predictor, byte[] rows, int rowBytes, int size, int bands, ByteOrder order) {
    for (int at = 0; at + rowBytes <= rows.length && predictor != 1; at += rowBytes) {
      if (predictor == DIFFERENCES) {
        addUp(ByteBuffer.wrap(rows, at, rowBytes).slice().order(order), size, bands);
      } else {
        join(rows, at, rowBytes, size, bands, order);
      }
    }
  }

  private static void addUp(ByteBuffer row, int size, int bands) {
    int step = size * bands;
    for (int i = step; i + size <= row.limit(); i += size) {
      switch (size) {
        case 1 -> row.put(i, (byte) (row.get(i) + row.get(i - step)));
        case 2 -> row.putShort(i, (short) (row.getShort(i) + row.getShort(i - step)));
        case 4 -> row.putInt(i, row.getInt(i) + row.getInt(i - step));
        default -> row.putLong(i, row.getLong(i) + row.getLong(i - step));
      }
    }
  }

  /** The first bytes of all numbers stand together, as differences, then the second ones. */
  private static void join(byte[] rows, int at, int bytes, int size, int bands, ByteOrder order) {
    for (int i = bands; i < bytes; i++) {
      rows[at + i] += rows[at + i - bands];
    }
    byte[] planes = new byte[bytes];
    System.arraycopy(rows, at, planes, 0, bytes);
    int count = bytes / size;
    for (int plane = 0; plane < size; plane++) {
      int to = order == ByteOrder.BIG_ENDIAN ? plane : size - 1 - plane;
      for (int i = 0; i < count; i++) {
        rows[at + i * size + to] = planes[plane * count + i];
      }
    }
  }
}
