package io.lossmith.opencl.nest;

import io.lossmith.core.plan.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers that nests read and write: a buffer of the plan, or scratch of our own.
 * Compared by identity.
 */
public final class MemoryRegion {
  private final int count;
  private final @Nullable Buffer buffer;
  private final float @Nullable [] constant;

  private MemoryRegion(int count, @Nullable Buffer buffer, float @Nullable [] constant) {
    this.count = count;
    this.buffer = buffer;
    this.constant = constant;
  }

  /**
   * Returns the region of a buffer.
   *
   * @param isConstant whether its numbers are known now and will not change
   */
  static MemoryRegion of(Buffer buffer, boolean isConstant) {
    int count = ElementCount.require(buffer.shape().count());
    return new MemoryRegion(count, buffer, isConstant ? buffer.data() : null);
  }

  /** Returns scratch for so many numbers. */
  static MemoryRegion scratch(long count) {
    return new MemoryRegion(ElementCount.require(count), null, null);
  }

  public int count() {
    return count;
  }

  /** Returns the plan's buffer, or null for scratch. */
  public @Nullable Buffer buffer() {
    return buffer;
  }

  /** Returns the numbers, if they are known when the kernel is written, or null. */
  public float @Nullable [] constant() {
    return constant;
  }

  @Override
  public String toString() {
    return buffer == null ? "scratch of " + count : buffer.toString();
  }
}
