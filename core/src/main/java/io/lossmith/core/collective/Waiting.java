package io.lossmith.core.collective;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How a worker waits: busy at first, for most answers come at once, then asleep in between. */
final class Waiting {
  private static final long BUSY = 1_000_000;
  private static final long SLEEP = 100_000;

  private final long patience;
  private long since;

  Waiting(Duration patience) {
    this.patience = patience.toNanos();
  }

  /** Begins to wait, now or anew because something came. */
  void begin() {
    since = System.nanoTime();
  }

  /** Returns how long it is patient, in words. */
  String limit() {
    return patience / 1_000_000 + " ms";
  }

  /** Waits a moment; false when patience has come to its end. */
  boolean again() {
    long waited = System.nanoTime() - since;
    if (waited > patience) {
      return false;
    }
    if (waited < BUSY) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(SLEEP);
    }
    return true;
  }
}
