package io.lossmith.app.formats;

/** What the first bytes of a file say. */
final class Head {
  private Head() {}

  /** Tells whether a file begins with these bytes. */
  static boolean is(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
