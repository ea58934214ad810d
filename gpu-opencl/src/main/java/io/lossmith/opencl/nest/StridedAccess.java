package io.lossmith.opencl.nest;

import java.util.Arrays;

/**
 * Where a nest reads or writes: place {@code offset + Σ index·stride} of a region.
 *
 * @param region what is read or written
 * @param offset where the first place of the iteration space lies
 * @param strides the step along each axis of the iteration space
 */
public record StridedAccess(MemoryRegion region, int offset, int[] strides) {
  /** Returns this access for an iteration space of so many axes; new ones are not walked along. */
  StridedAccess withRank(int rank) {
    return new StridedAccess(region, offset, Arrays.copyOf(strides, rank));
  }

  /** Returns the step along an axis, which may be one that is not walked along. */
  public int stride(int axis) {
    return axis < strides.length ? strides[axis] : 0;
  }

  public boolean variesOver(int axis) {
    return stride(axis) != 0;
  }
}
