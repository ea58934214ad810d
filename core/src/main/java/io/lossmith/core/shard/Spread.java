package io.lossmith.core.shard;

import io.lossmith.core.Shape;

/**
 * Along which axis of a value its samples stand.
 *
 * @param axis the axis
 * @param inner how many places of the axis belong to each sample: more than 1 where the batch has
 *     been merged with the axes behind it
 */
record Spread(int axis, int inner) {
  /** How inputs and gradients of inputs are spread. */
  static final Spread BATCH = new Spread(0, 1);

  /** Returns what a worker has of a value of the whole batch. */
  Shape local(Shape whole, Shard shard) {
    return whole.with(axis, inner * shard.samples());
  }

  /** Returns the same spread along another axis. */
  Spread along(int other) {
    return new Spread(other, inner);
  }
}
