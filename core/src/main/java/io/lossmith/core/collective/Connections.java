package io.lossmith.core.collective;

import io.lossmith.core.engine.EngineException;
import java.util.List;

/** The ways to all other workers, by rank. */
final class Connections {
  private final List<Connection> all;

  Connections(List<Connection> all) {
    this.all = List.copyOf(all);
  }

  List<Connection> all() {
    return all;
  }

  /** Returns how many workers there are, this one included. */
  int size() {
    return all.size() + 1;
  }

  /** Sends all messages that were put, and receives all that are expected. */
  void move(Waiting waiting) {
    waiting.begin();
    while (true) {
      boolean moved = false;
      Connection open = null;
      for (int i = 0; i < all.size(); i++) {
        Connection one = all.get(i);
        if (!one.isDone()) {
          moved |= one.move();
          open = one.isDone() ? open : one;
        }
      }
      if (open == null) {
        return;
      }
      if (moved) {
        waiting.begin();
      } else if (waiting.ended() != null) {
        throw new EngineException("collective: this worker was ended: " + waiting.ended());
      } else if (Thread.currentThread().isInterrupted()) {
        throw new EngineException(
            "collective: interrupted while waiting for worker " + open.rank());
      } else if (!waiting.again()) {
        throw new EngineException(
            "collective: worker " + open.rank() + " has sent nothing for " + waiting.limit());
      }
    }
  }

  void leave(String reason) {
    long deadline = System.nanoTime() + Connection.STALLED;
    all.forEach(one -> one.leave(reason, deadline));
  }
}
