package io.lossmith.opencl.nest;

import java.util.Arrays;

/**
 * Where a nest reads or writes: place {@code offset + Σ index·stride} of a region.
 *
 * @param region what is read or written
 * @param offset where the first place of the frame lies
 * @param strides the step along each axis of the frame
 */
public record Access(Region region, int offset, int[] strides) {
  /** Returns this access for a frame with so many axes; new ones are not walked along. */
  Access withRank(int rank) {
    return new Access(region, offset, Arrays.copyOf(strides, rank));
  }

  /** Returns the step along an axis, which may be one that is not walked along. */
  public int stride(int axis) {
    return axis < strides.length ? strides[axis] : 0;
  }

  public boolean variesOver(int axis) {
    return stride(axis) != 0;
  }
}
