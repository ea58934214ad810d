package io.lossmith.app.formats;

/** What the first bytes of a file say. */
final class FirstBytes {
  private FirstBytes() {}

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
