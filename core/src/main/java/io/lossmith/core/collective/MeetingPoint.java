package io.lossmith.core.collective;

import io.lossmith.core.engine.EngineException;
import io.lossmith.core.op.Fold;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where threads wait until all have come; the last of them joins what they brought. */
final class MeetingPoint {
  private static final class Visit {
    float @Nullable [] floats;
    double @Nullable [] doubles;
    int count;
    Fold fold = Fold.SUM;
    boolean here;
    boolean gone;

    boolean isLike(Visit other) {
      return count == other.count
          && fold == other.fold
          && (floats == null) == (other.floats == null);
    }

    double value(int i) {
      return floats != null ? floats[i] : doubles[i];
    }

    void put(int i, double value) {
      if (floats != null) {
        floats[i] = (float) value;
      } else {
        doubles[i] = value;
      }
    }

    void clear() {
      floats = null;
      doubles = null;
      here = false;
    }

    @Override
    public String toString() {
      String type = floats != null ? " floats" : " doubles";
      return "the " + fold.label() + " of " + count + type;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Visit[] visits;
  private final long patience;
  private long meetings;
  private @Nullable String failure;

  MeetingPoint(int size, Duration patience) {
    this.visits = new Visit[size];
    Arrays.setAll(visits, rank -> new Visit());
    this.patience = patience.toNanos();
  }

  int size() {
    return visits.length;
  }

  void meet(
      int rank, float @Nullable [] floats, double @Nullable [] doubles, int count, Fold fold) {
    lock.lock();
    try {
      requireWhole();
      Visit own = visits[rank];
      if (own.here) {
        throw new EngineException(
            "collective: worker "
                + rank
                + " is waiting in another thread, must call one at a time");
      }
      own.floats = floats;
      own.doubles = doubles;
      own.count = count;
      own.fold = fold;
      own.here = true;
      long meeting = meetings;
      if (missing() < 0) {
        join();
      } else {
        await(rank, meeting);
      }
    } finally {
      lock.unlock();
    }
  }

  void leave(int rank, String why) {
    lock.lock();
    try {
      if (!visits[rank].gone) {
        visits[rank].gone = true;
        fail("worker " + rank + " ended: " + why);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the first worker that has not come, or −1. */
  private int missing() {
    for (int rank = 0; rank < visits.length; rank++) {
      if (!visits[rank].here) {
        return rank;
      }
    }
    return -1;
  }

  private void join() {
    Visit first = visits[0];
    for (int rank = 1; rank < visits.length; rank++) {
      if (!visits[rank].isLike(first)) {
        fail(
            "exchange "
                + meetings
                + ": worker 0 asks for "
                + first
                + ", worker "
                + rank
                + " for "
                + visits[rank]
                + "; all must run the same program");
        requireWhole();
      }
    }
    for (int i = 0; i < first.count; i++) {
      double value = first.value(i);
      for (int rank = 1; rank < visits.length; rank++) {
        value = first.fold.apply(value, visits[rank].value(i));
      }
      for (Visit visit : visits) {
        visit.put(i, value);
      }
    }
    for (Visit visit : visits) {
      visit.clear();
    }
    meetings++;
    changed.signalAll();
  }

  private void await(int rank, long meeting) {
    long left = patience;
    try {
      while (meetings == meeting && failure == null) {
        if (left <= 0) {
          fail(
              "worker "
                  + missing()
                  + " has not come to exchange "
                  + meeting
                  + " within "
                  + TimeUnit.NANOSECONDS.toMillis(patience)
                  + " ms");
          break;
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("worker " + rank + " was interrupted");
    }
    if (meetings == meeting) {
      requireWhole();
    }
  }

  private void fail(String why) {
    if (failure == null) {
      failure = why;
    }
    for (Visit visit : visits) {
      visit.clear();
    }
    changed.signalAll();
  }

  private void requireWhole() {
    if (failure != null) {
      throw new EngineException("collective: " + failure);
    }
  }
}
