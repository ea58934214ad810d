package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.CacheLines;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Vectors of one number each, for passes that need more of them than there are registers: the
 * compiler of Java 17 keeps what is too many on the stack, where vectors lie across cache lines by
 * how deep the calls before happen to be. Here each lies on a line.
 */
final class PassConstants {
  /** Of all passes; large enough to be left where it lies. */
  static final float[] ALL = new float[CacheLines.placed()];

  private static final Map<Float, Integer> PLACES = new HashMap<>();

  private PassConstants() {}

  /** Returns where the vector of a number lies, or −1 where there is no room. */
  static synchronized int at(float number) {
    Integer known = PLACES.get(number);
    if (known != null) {
      return known;
    }
    int at = CacheLines.FIRST + PLACES.size() * CacheLines.whole(Lanes.LANES);
    if (at + Lanes.LANES > ALL.length) {
      return -1;
    }
    Arrays.fill(ALL, at, at + Lanes.LANES, number);
    PLACES.put(number, at);
    return at;
  }
}
