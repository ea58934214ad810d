package io.lossmith.app.formats;

import java.io.EOFException;
import java.io.IOException;

/** Undoes LZW as TIFF has it: TIFF 6.0, section 13. */
final class TiffLzw {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int MOST = 4096;

  private final byte[] packed;
  private int at; // the next byte
  private int ahead; // bits that were read and not used
  private int held;

  private TiffLzw(byte[] packed) {
    this.packed = packed;
  }

  /**
   * Unpacks a stretch.
   *
   * @throws EOFException if it is shorter than {@code size} bytes
   */
  static byte[] unpack(byte[] packed, int size) throws IOException {
    if (packed.length > 1 && packed[0] == 0 && (packed[1] & 1) == 1) {
      throw new IOException("its LZW is of the kind before 1992");
    }
    return new TiffLzw(packed).unpack(size);
  }

  /** A string of the table is a stretch of what was unpacked: one string and the byte after it. */
  private byte[] unpack(int size) throws IOException {
    byte[] plain = new byte[size];
    int[] start = new int[MOST];
    int[] length = new int[MOST];
    int next = FIRST;
    int before = -1; // where the last string began
    int to = 0;
    while (to < size) {
      int code = code(next);
      if (code == CLEAR) {
        next = FIRST;
        before = -1;
        continue;
      }
      if (before >= 0 && next < MOST) {
        start[next] = before;
        length[next++] = to - before + 1;
      }
      if (code == END || code >= next) {
        throw code == END ? new EOFException() : new IOException("the file is damaged");
      }
      before = to;
      if (code < CLEAR) {
        plain[to++] = (byte) code;
      } else {
        int end = Math.min(size, to + length[code]);
        for (int from = start[code]; to < end; ) { // may overlap, byte after byte
          plain[to++] = plain[from++];
        }
      }
    }
    return plain;
  }

  /** Codes grow by a bit one code earlier than they must. */
  private int code(int next) throws EOFException {
    int bits = next < 511 ? 9 : next < 1023 ? 10 : next < 2047 ? 11 : 12;
    while (ahead < bits) {
      if (at == packed.length) {
        throw new EOFException();
      }
      held = held << 8 | packed[at++] & 0xFF;
      ahead += 8;
    }
    ahead -= bits;
    return held >> ahead & (1 << bits) - 1;
  }
}
