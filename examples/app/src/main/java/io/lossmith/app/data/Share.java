package io.lossmith.app.data;

import io.lossmith.app.workers.Alone;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.shard.Shard;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The part of several workers' training that some of them, most often one or all, do: pieces of
 * each batch, side by side, and validation pictures to score. From it follows which pictures they
 * must hold.
 */
public final class Share {
  private final int first;
  private final int pieces;
  private final int batch;
  private final int workers;
  private final Set<Integer> ranks;
  private final long seed;

  private Share(List<Collective> here, int batch, long seed) {
    List<Shard> shards = here.stream().map(worker -> Shard.even(batch, worker)).toList();
    this.first = shards.get(0).first();
    this.pieces = shards.stream().mapToInt(Shard::samples).sum();
    this.batch = batch;
    this.workers = here.get(0).size();
    this.ranks = here.stream().map(Collective::rank).collect(Collectors.toSet());
    this.seed = seed;
  }

  /**
   * Returns the share of workers.
   *
   * @param here one or more, whose ranks follow each other
   * @param batch how many pieces all workers cut together
   * @param seed of the order of pictures, which all must have
   */
  public static Share of(List<Collective> here, int batch, long seed) {
    return new Share(here, batch, seed);
  }

  /** Returns all of a training. */
  public static Share whole(int batch, long seed) {
    return of(List.of(Alone.WORKER), batch, seed);
  }

  /** Returns the number of its first piece in the batch. */
  int first() {
    return first;
  }

  /** Returns how many pieces of the batch it has. */
  int pieces() {
    return pieces;
  }

  /** Returns which pictures each piece of the batch may be of. */
  Stretches stretches(int pictures) {
    return new Stretches(pictures, batch, seed);
  }

  /** Returns the numbers of those pictures to learn from that its pieces may be of. */
  public SortedSet<Integer> training(int pictures) {
    return stretches(pictures).pictures(first, pieces);
  }

  /** Returns those of them that no worker before has, too: each picture is one of somebody's. */
  SortedSet<Integer> firstOf(int pictures) {
    Stretches stretches = stretches(pictures);
    SortedSet<Integer> own = stretches.pictures(first, pieces);
    own.removeAll(stretches.pictures(0, first));
    return own;
  }

  /** Returns the numbers of validation pictures that it scores; worker 0 also shows all others. */
  public SortedSet<Integer> validation(int pictures) {
    boolean shows = ranks.contains(0);
    return IntStream.range(0, pictures)
        .filter(picture -> shows || ranks.contains(picture % workers))
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
