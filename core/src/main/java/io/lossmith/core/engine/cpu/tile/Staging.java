package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.Buffer;

/**
 * Which buffers of a plan no register lies on, so that they need not be arrays: their elements are
 * copied into tiles and out of them.
 */
enum Staging {
  /** None. */
  NOTHING,

  /** What callers hand in, to be read or written. */
  OF_CALLERS;

  boolean holds(Buffer buffer) {
    return this == OF_CALLERS
        && (buffer.kind() == Buffer.Kind.INPUT || buffer.kind() == Buffer.Kind.OUTPUT);
  }
}
