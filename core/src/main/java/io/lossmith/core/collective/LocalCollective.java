package io.lossmith.core.collective;

import io.lossmith.core.op.Fold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Workers that are threads of one process: for tests, and for trying out what several processes
 * will do.
 */
public final class LocalCollective implements Collective {
  private static final int MOST = 1024;

  private final MeetingPoint workers;
  private final int rank;

  private LocalCollective(MeetingPoint workers, int rank) {
    this.workers = workers;
    this.rank = rank;
  }

  /**
   * Returns the workers, each to be used by a thread of its own.
   *
   * @param size how many there are, 1 to 1024
   * @param patience how long one waits for another before it gives up
   */
  public static List<Collective> of(int size, Duration patience) {
    Objects.requireNonNull(patience, "patience");
    if (size < 1 || size > MOST) {
      throw new IllegalArgumentException("collective: " + size + " workers, must be 1.." + MOST);
    }
    MeetingPoint workers = new MeetingPoint(size, patience);
    List<Collective> all = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      all.add(new LocalCollective(workers, rank));
    }
    return List.copyOf(all);
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return workers.size();
  }

  @Override
  public void allReduce(float[] values, int count, Fold fold) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(fold, "fold");
    Counts.require(count, values.length);
    workers.meet(rank, values, null, count, fold);
  }

  @Override
  public void allReduce(double[] values, int count, Fold fold) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(fold, "fold");
    Counts.require(count, values.length);
    workers.meet(rank, null, values, count, fold);
  }

  @Override
  public void leave(String why) {
    Objects.requireNonNull(why, "why");
    workers.leave(rank, why);
  }
}
