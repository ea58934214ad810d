package io.lossmith.core.collective;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a worker waits: busy at first, for most answers come at once; then it lets other threads on,
 * which may be what it waits for; then it sleeps in between.
 */
final class Waiting {
  private static final long BUSY = 50_000;
  private static final long AWAKE = 1_000_000;
  private static final long SLEEP = 100_000;

  private final long patience;
  private long since;
  private volatile @Nullable String end;

  Waiting(Duration patience) {
    this.patience = patience.toNanos();
  }

  /** Begins to wait, now or anew because something came. */
  void begin() {
    since = System.nanoTime();
  }

  /** Makes this wait, and any later one, end; from another thread. */
  void end(String why) {
    end = why;
  }

  /** Returns why it has to end, or null where it has not. */
  @Nullable String ended() {
    return end;
  }

  /** Returns how long it is patient, in words. */
  String limit() {
    return patience / 1_000_000 + " ms";
  }

  /** Returns what is left of its patience, in milliseconds, from 1 to a limit. */
  int atMost(int limit) {
    long left = (patience - (System.nanoTime() - since)) / 1_000_000;
    return (int) Math.max(1, Math.min(limit, left));
  }

  /** Waits a moment; false when patience has come to its end. */
  boolean again() {
    long waited = System.nanoTime() - since;
    if (waited > patience) {
      return false;
    }
    if (waited < BUSY) {
      Thread.onSpinWait();
    } else if (waited < AWAKE) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(SLEEP);
    }
    return true;
  }
}
