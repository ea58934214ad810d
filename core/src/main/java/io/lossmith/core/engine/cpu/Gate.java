package io.lossmith.core.engine.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who is inside a run: the caller opens it, workers enter and leave, and closing waits for those
 * inside. What a thread wrote before it passes is seen by those who pass after it.
 */
final class Gate {
  /** Added to {@link #inside} while nobody may enter. */
  private static final int CLOSED = Integer.MIN_VALUE;

  private final AtomicInteger inside = new AtomicInteger(CLOSED);
  private volatile @Nullable Thread sleepingCaller;

  void open() {
    inside.set(0);
  }

  /**
   * Lets nobody in any more and waits for those inside: a worker still asleep is not waited for.
   *
   * @param spinNanos how long to look out for the last one before sleeping
   */
  void close(long spinNanos) {
    if (inside.addAndGet(CLOSED) == CLOSED) {
      return;
    }
    long end = System.nanoTime() + spinNanos;
    while (inside.get() != CLOSED && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    sleepingCaller = Thread.currentThread();
    while (inside.get() != CLOSED) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted(); // or park would return at once, again and again
    }
    sleepingCaller = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false, and the worker stays outside, if it is closed. */
  boolean enter() {
    while (true) {
      int now = inside.get();
      if (now < 0) {
        return false;
      }
      if (inside.compareAndSet(now, now + 1)) {
        return true;
      }
    }
  }

  void leave() {
    if (inside.decrementAndGet() == CLOSED) {
      Thread caller = sleepingCaller;
      if (caller != null) {
        LockSupport.unpark(caller);
      }
    }
  }
}
