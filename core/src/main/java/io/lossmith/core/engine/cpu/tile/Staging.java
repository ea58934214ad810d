package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.Buffer;

/**
 * Which buffers of a plan no register lies on, so that they need not be arrays: their elements are
 * copied into tiles and out of them.
 */
enum Staging {
  /** None. */
  NOTHING,

  /**
   * None, but what several instructions read is copied once, to the start of an array: where the
   * compiler makes vectors only of loops that begin there, each would copy it.
   */
  READ_AGAIN,

  /** What callers hand in, to be read or written. */
  OF_CALLERS,

  /** Likewise, but neighbours along a column are left to a pass, which needs no array. */
  BESIDE_A_PASS;

  /**
   * @param neighbours whether a register's elements are neighbours along the column
   */
  boolean holds(Buffer buffer, boolean neighbours) {
    return this != NOTHING
        && this != READ_AGAIN
        && !(neighbours && this == BESIDE_A_PASS)
        && (buffer.kind() == Buffer.Kind.INPUT || buffer.kind() == Buffer.Kind.OUTPUT);
  }
}
