package io.lossmith.core.shard;

import io.lossmith.core.collective.Collective;
import java.util.Objects;

/**
 * The samples of a batch that one worker has, side by side; the workers' shares together are the
 * batch, in the order of their ranks, and some may be empty.
 *
 * @param first the number of its first sample
 * @param samples how many it has
 * @param batch how many all workers have together
 * @param collective the workers
 */
public record Shard(int first, int samples, int batch, Collective collective) {
  /**
   * Creates a share.
   *
   * @throws IllegalArgumentException if it is not within the batch
   */
  public Shard {
    Objects.requireNonNull(collective, "collective");
    if (first < 0 || samples < 0 || batch < 1 || (long) first + samples > batch) {
      throw new IllegalArgumentException(
          "shard: samples "
              + first
              + ".."
              + ((long) first + samples - 1)
              + " of a batch of "
              + batch
              + ", must lie within it");
    }
  }

  /**
   * Returns this worker's share when all take about as many: the first workers one more where it
   * leaves a rest.
   */
  public static Shard even(int batch, Collective collective) {
    Objects.requireNonNull(collective, "collective");
    int each = batch / collective.size();
    int more = batch % collective.size();
    int rank = collective.rank();
    int first = rank * each + Math.min(rank, more);
    return new Shard(first, each + (rank < more ? 1 : 0), batch, collective);
  }
}
