package io.lossmith.core.engine;

import java.lang.ref.WeakReference;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a caller hands in for one input or output of a call: an array, or what lies between position
 * and limit of a buffer. A buffer on the beginning of an array is that array for engines; of others
 * they are given a copy, unless they read or write the buffer itself.
 */
final class Handed {
  private final int needed;
  private @Nullable FloatBuffer buffer;
  private float @Nullable [] array;
  private int start;
  private int length;
  private long address;
  private long beginning;
  private WeakReference<FloatBuffer> before = new WeakReference<>(null);
  private final MemorySegmentOf segment = new MemorySegmentOf();
  private boolean isBuffer;
  private float @Nullable [] copy;

  /**
   * @param needed how many numbers are read or written
   */
  Handed(int needed) {
    this.needed = needed;
  }

  void set(float @Nullable [] given) {
    buffer = null;
    array = given;
    start = 0;
    length = given == null ? 0 : given.length;
    address = MemoryAddress.OF_ARRAYS;
    isBuffer = false;
  }

  void set(@Nullable FloatBuffer given) {
    clear();
    isBuffer = true;
    buffer = given;
    if (given != null) {
      start = given.position();
      length = given.remaining();
      address = beginning(given) + Float.BYTES * (long) start;
      if (given.hasArray() && given.arrayOffset() + start == 0) {
        array = given.array();
      }
    }
  }

  /** Asked once for a buffer that comes again: from Java 22 on an address costs an object. */
  private long beginning(FloatBuffer given) {
    if (!before.refersTo(given)) {
      before = new WeakReference<>(given);
      beginning = MemoryAddress.of(given) - Float.BYTES * (long) given.position();
      segment.forget();
    }
    return beginning;
  }

  /**
   * Returns in what a buffer's numbers lie: an array, or the memory segment of all of a direct
   * buffer; null where Java hands out neither.
   */
  @Nullable Object memory() {
    FloatBuffer given = Objects.requireNonNull(buffer);
    if (given.hasArray()) {
      return given.array();
    }
    return given.isDirect() ? segment.all(given) : null;
  }

  /** Returns at which index of that memory the numbers begin. */
  int place() {
    FloatBuffer given = Objects.requireNonNull(buffer);
    return given.hasArray() ? given.arrayOffset() + start : start;
  }

  /** Lets go of the caller's memory. */
  void clear() {
    buffer = null;
    array = null;
  }

  boolean isMissing() {
    return buffer == null && array == null;
  }

  /** Tells whether a buffer was handed in, or would have been. */
  boolean isBuffer() {
    return isBuffer;
  }

  /** Returns the buffer, or null where an array was handed in. */
  @Nullable FloatBuffer buffer() {
    return buffer;
  }

  /** Returns where in the buffer its numbers begin. */
  int start() {
    return start;
  }

  /** Returns how many numbers there are. */
  int length() {
    return length;
  }

  /** Tells whether an engine has to deal with a buffer: no array begins with the numbers. */
  boolean hasNoArray() {
    return array == null;
  }

  /** Returns an array with the numbers, the caller's own where there is one. */
  float[] read() {
    if (array != null) {
      return array;
    }
    float[] read = copy();
    Objects.requireNonNull(buffer).get(start, read, 0, needed);
    return read;
  }

  /** Returns the array to write to, the caller's own where there is one. */
  float[] written() {
    return array != null ? array : copy();
  }

  /** Brings what was written to the caller's memory, if that is elsewhere. */
  void deliver() {
    if (array == null) {
      Objects.requireNonNull(buffer).put(start, copy(), 0, needed);
    }
  }

  /** Made once: a warm run allocates nothing. */
  private float[] copy() {
    float[] made = copy;
    if (made == null) {
      made = new float[needed];
      copy = made;
    }
    return made;
  }

  /**
   * Tells whether something that will be written has memory in common with another. May change a
   * number for a moment to find out.
   */
  boolean overlaps(Handed other) {
    if (buffer == null && other.buffer == null) {
      return array == other.array && length > 0;
    }
    long from = Math.max(address, other.address);
    long end = Math.min(address + 4L * length, other.address + 4L * other.length);
    return from < end && shares(from, other);
  }

  /**
   * Addresses on the heap count from the beginning of an array of which a buffer may not tell which
   * one it is. So that is tried out, at the first place that would be common.
   */
  private boolean shares(long from, Handed other) {
    int own = (int) ((from - address) / 4);
    int others = (int) ((from - other.address) / 4);
    float before = get(own);
    int seen = Float.floatToRawIntBits(other.get(others));
    put(own, Float.intBitsToFloat(~Float.floatToRawIntBits(before)));
    boolean changed = Float.floatToRawIntBits(other.get(others)) != seen;
    put(own, before);
    return changed;
  }

  private float get(int index) {
    return buffer != null ? buffer.get(start + index) : Objects.requireNonNull(array)[index];
  }

  private void put(int index, float number) {
    if (buffer != null) {
      buffer.put(start + index, number);
    } else {
      Objects.requireNonNull(array)[index] = number;
    }
  }
}
