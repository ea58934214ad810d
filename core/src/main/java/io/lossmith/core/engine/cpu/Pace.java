package io.lossmith.core.engine.cpu;

/**
 * Whether runs of a few microseconds follow each other so closely that it pays to share them out:
 * waking a thread takes longer than such a run, so that is for a long row of them, between which
 * threads stay awake. And for a single caller: several have work for the processors themselves.
 */
final class Pace {
  /** So many runs one after the other make a row. */
  private static final int ROW = 100;

  /** For how long nothing is shared out after another caller was seen. */
  private static final long REST_NANOS = 100_000_000;

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

  /** Tells whether another caller was seen a moment ago; reads only what is seldom written. */
  boolean rests(long now) {
    return now - restsUntil < 0;
  }

  /** Notes that another caller has been seen. */
  void disturb(long now) {
    restsUntil = now + REST_NANOS;
  }

  /**
   * Notes that a run begins, which one thread does at a time; returns whether it stands at the end
   * of a row.
   *
   * @param thread the caller's number
   */
  boolean begins(long now, long thread) {
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
