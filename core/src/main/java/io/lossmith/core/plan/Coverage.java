package io.lossmith.core.plan;

import java.util.BitSet;

/** How much of an array has been written, and that nothing was written twice. */
final class Coverage {
  /** Up to so many elements each is looked at; of larger arrays they are counted. */
  private static final int FEW = 128;

  private final Buffer buffer;
  private final BitSet places = new BitSet();
  private long count;
  private boolean isCleared;

  Coverage(Buffer buffer) {
    this.buffer = buffer;
  }

  /** Tells whether all elements have been written, or cleared before parts were. */
  boolean isWhole() {
    return isCleared || count == buffer.shape().count();
  }

  void clear(String where) {
    PlanVerifier.require(count == 0 && !isCleared, "%s clears what is written: %s", where, buffer);
    isCleared = true;
  }

  void addAll(String where) {
    count += buffer.shape().count();
    PlanVerifier.require(
        count == buffer.shape().count() && !isCleared, "%s writes %s twice", where, buffer);
  }

  /** Adds what a root of a loop writes. */
  void add(Step.Loop loop, LoopOutput root, String where) {
    int[] strides = root.destination().strides();
    long writes = 1;
    for (int axis = 0; axis < strides.length; axis++) {
      writes *= strides[axis] != 0 ? loop.sizes()[axis] : 1;
      boolean isEmpty = loop.sizes()[axis] == 0 && root.fold() == null;
      writes *= isEmpty ? 0 : 1;
    }
    if (root.fold() != null) {
      // The join of partial results writes all of the array.
      long results = writes;
      writes = buffer.shape().count();
      PlanVerifier.require(results == writes, "%s folds into a part of %s", where, buffer);
    } else if (buffer.shape().count() <= FEW && writes > 0) {
      mark(loop.sizes(), strides, 0, root.destination().offset(), where);
    }
    count += writes;
    PlanVerifier.require(
        count <= buffer.shape().count(), "%s writes more than %s holds", where, buffer);
  }

  private void mark(int[] sizes, int[] strides, int axis, int at, String where) {
    if (axis == sizes.length) {
      PlanVerifier.require(!places.get(at), "%s writes %s twice at %s", where, buffer, at);
      places.set(at);
      return;
    }
    int steps = strides[axis] == 0 ? 1 : sizes[axis];
    for (int i = 0; i < steps; i++) {
      mark(sizes, strides, axis + 1, at + i * strides[axis], where);
    }
  }
}
