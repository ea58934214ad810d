package io.lossmith.core.collective;

import io.lossmith.core.Elements;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.op.Fold;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Workers that are processes, on one machine or several, each connected with each other. What they
 * exchange is not encrypted: it is for networks that are trusted. A token keeps others out.
 *
 * <p>Few numbers go from each to each, and each joins them for itself: one message takes as long as
 * the network does. Of many numbers each worker joins an equal part, and sends what it gets to all:
 * then every worker sends and receives about twice what it has, however many there are. Numbers are
 * joined in double, in the order of ranks, and rounded once.
 *
 * <p>While it waits a worker keeps a processor core busy for a millisecond, then it sleeps in
 * between.
 */
public final class TcpCollective implements Collective {
  private final int rank;
  private final Connections others;
  private final Waiting waiting;
  private final Joining joining = new Joining();
  private final Header header = new Header();
  private boolean isFailed;

  private TcpCollective(int rank, Connections others, Waiting waiting) {
    this.rank = rank;
    this.others = others;
    this.waiting = waiting;
  }

  /**
   * Meets the other workers: listens at its own address, and connects to those of lower rank.
   *
   * @param rank the number of this worker
   * @param workers where each worker listens, by rank; the same list for all
   * @param token what all workers know and nobody else, at least 8 characters
   * @param agreement what else must be the same for all, such as a version and options; not secret,
   *     shown where it differs
   * @param patience how long one waits for another before it gives up, here and later
   * @throws EngineException if a worker does not come, or does not belong here, naming it
   * @throws IllegalArgumentException if the token is too short or there is no such rank
   */
  public static TcpCollective join(
      int rank,
      List<InetSocketAddress> workers,
      String token,
      String agreement,
      Duration patience) {
    Elements.requireNone(workers, "workers");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(agreement, "agreement");
    Objects.requireNonNull(patience, "patience");
    if (rank < 0 || rank >= workers.size()) {
      throw new IllegalArgumentException(
          "collective: rank is " + rank + ", must be 0.." + (workers.size() - 1));
    }
    Waiting waiting = new Waiting(patience);
    Door door = new Door(rank, workers, new Token(token), agreement, waiting);
    return new TcpCollective(rank, door.meet(), waiting);
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return others.size();
  }

  @Override
  public void allReduce(float[] values, int count, Fold fold) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(fold, "fold");
    Counts.require(count, values.length);
    allReduce(joining.of(values), count, fold);
  }

  @Override
  public void allReduce(double[] values, int count, Fold fold) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(fold, "fold");
    Counts.require(count, values.length);
    allReduce(joining.of(values), count, fold);
  }

  private synchronized void allReduce(Joining.Numbers numbers, int count, Fold fold) {
    if (isFailed) {
      throw new EngineException("collective: an exchange has failed before; join again");
    }
    if (size() == 1) {
      return;
    }
    isFailed = true;
    try {
      if (ExchangeCost.isSmall((long) count * numbers.bytes())) {
        small(numbers, count, fold);
      } else {
        large(numbers, count, fold);
      }
      isFailed = false;
    } catch (EngineException e) {
      String why = waiting.ended();
      others.leave(why == null ? e.getMessage() : why);
      throw e;
    } finally {
      numbers.release();
    }
  }

  private void small(Joining.Numbers numbers, int count, Fold fold) {
    header.next(fold, numbers.isDouble(), count);
    for (int i = 0; i < others.all().size(); i++) {
      Connection other = others.all().get(i);
      numbers.put(0, count, other.sending(header, count * numbers.bytes()));
      other.receiving(header, count * numbers.bytes());
    }
    others.move(waiting);
    numbers.join(rank, others, 0, count, fold);
  }

  private void large(Joining.Numbers numbers, int count, Fold fold) {
    header.next(fold, numbers.isDouble(), count);
    int own = start(rank, count);
    int length = start(rank + 1, count) - own;
    for (int i = 0; i < others.all().size(); i++) {
      Connection other = others.all().get(i);
      int from = start(other.rank(), count);
      int part = start(other.rank() + 1, count) - from;
      numbers.put(from, part, other.sending(header, part * numbers.bytes()));
      other.receiving(header, length * numbers.bytes());
    }
    others.move(waiting);
    numbers.join(rank, others, own, length, fold);
    for (int i = 0; i < others.all().size(); i++) {
      Connection other = others.all().get(i);
      int part = start(other.rank() + 1, count) - start(other.rank(), count);
      numbers.put(own, length, other.sending(header, length * numbers.bytes()));
      other.receiving(header, part * numbers.bytes());
    }
    others.move(waiting);
    for (int i = 0; i < others.all().size(); i++) {
      Connection other = others.all().get(i);
      int from = start(other.rank(), count);
      numbers.take(from, start(other.rank() + 1, count) - from, other.received());
    }
  }

  /** Returns where the part begins that a worker joins. */
  private int start(int worker, int count) {
    return (int) ((long) count * worker / size());
  }

  @Override
  public void leave(String why) {
    Objects.requireNonNull(why, "why");
    waiting.end(why); // an exchange that is under way then fails, and releases this
    synchronized (this) {
      isFailed = true;
      others.leave(why);
    }
  }
}
