package io.lossmith.app.train;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A number that tells parameters from others of which one bit differs. */
final class Checksum {
  private Checksum() {}

  static long of(float[][] parameters) {
    CRC32 sum = new CRC32();
    for (float[] values : parameters) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      sum.update(bytes.array());
    }
    return sum.getValue();
  }
}
