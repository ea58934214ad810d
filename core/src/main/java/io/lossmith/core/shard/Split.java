package io.lossmith.core.shard;

import io.lossmith.core.Elements;
import java.util.Objects;
import java.util.Set;

/**
 * What a worker has of a program of the whole batch.
 *
 * @param shard its samples
 * @param inputs the numbers of the inputs of which it has its own samples only, along axis 0; it
 *     has the others whole
 * @param outputs the numbers of the outputs of which it wants its own samples' part, along axis 0;
 *     of the others it gets what there is of them, all where all workers have the same
 */
public record Split(Shard shard, Set<Integer> inputs, Set<Integer> outputs) {
  /** Refuses null. */
  public Split {
    Objects.requireNonNull(shard, "shard");
    inputs = Elements.copyOf(inputs, "inputs");
    outputs = Elements.copyOf(outputs, "outputs");
  }
}
