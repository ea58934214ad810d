package io.lossmith.core.engine.cpu;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who has the team: one run at a time. Runs of a few microseconds have it only where they follow
 * each other so closely that it pays to share them out: waking a thread takes longer than such a
 * run, so that is for a long row of them, between which threads stay awake. And for a single
 * caller: several have work for the processors themselves.
 */
final class Pace {
  /** So many runs one after the other make a row. */
  private static final int ROW = 100;

  /** For how long nothing is shared out after another caller was seen. */
  private static final long REST_NANOS = 100_000_000;

  private final AtomicBoolean busy = new AtomicBoolean();
  private final long closeNanos;
  private volatile long restsUntil;
  private long caller;
  private long last;
  private int runs;

  /**
   * @param closeNanos at most so long after another a run follows it closely
   * @param now a time, as all that are handed to methods
   */
  Pace(long closeNanos, long now) {
    this.closeNanos = closeNanos;
    this.restsUntil = now;
    this.last = now - closeNanos;
  }

  /** Takes the team for a run; returns false if it is busy. */
  boolean take() {
    return busy.compareAndSet(false, true);
  }

  /**
   * Takes the team for a brief run; returns false if that is better done alone. While it rests,
   * this reads only what is seldom written.
   *
   * @param thread the caller's number
   */
  boolean takeBriefly(long now, long thread) {
    if (rests(now)) {
      return false;
    }
    if (!take()) {
      disturb(now);
      return false;
    }
    boolean isInRow = begins(now, thread);
    if (!isInRow) {
      giveBack();
    }
    return isInRow;
  }

  /** Gives the team back after a run. */
  void giveBack() {
    busy.set(false);
  }

  /** Tells whether another caller was seen a moment ago. */
  boolean rests(long now) {
    return now - restsUntil < 0;
  }

  private void disturb(long now) {
    restsUntil = now + REST_NANOS;
  }

  /** Notes that a brief run begins; returns whether it stands at the end of a row. */
  private boolean begins(long now, long thread) {
    boolean follows = now - last < closeNanos;
    if (follows && thread != caller) {
      disturb(now);
    }
    runs = follows && thread == caller ? Math.min(ROW, runs + 1) : 0;
    caller = thread;
    last = now;
    return runs == ROW;
  }
}
