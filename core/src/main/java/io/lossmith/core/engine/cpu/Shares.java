package io.lossmith.core.engine.cpu;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which tasks of a run are left. Each worker begins with a stretch of its own, the same in each run
 * of so many tasks, so it finds in its cache what it left there in the run or the pass before; then
 * it helps the others with theirs.
 */
final class Shares {
  /** Returned when all tasks are taken. */
  static final int NONE = -1;

  /** Counters lie two cache lines apart: one that is written takes its neighbours from others. */
  private static final int APART = 32;

  private final int workers;
  private final AtomicIntegerArray next;
  private int count;

  Shares(int workers) {
    this.workers = workers;
    next = new AtomicIntegerArray((workers + 1) * APART);
  }

  /** Lays out so many tasks, before those that take them come. */
  void lay(int tasks) {
    count = tasks;
    for (int owner = 0; owner < workers; owner++) {
      next.set(place(owner), start(owner));
    }
  }

  /** Takes a task, or returns {@link #NONE}. */
  int take(int worker) {
    for (int i = 0; i < workers; i++) {
      int owner = worker + i < workers ? worker + i : worker + i - workers;
      int end = start(owner + 1);
      if (next.get(place(owner)) < end) {
        int task = next.getAndIncrement(place(owner));
        if (task < end) {
          return task;
        }
      }
    }
    return NONE;
  }

  /** Leaves undone what no one has taken. */
  void drop() {
    for (int owner = 0; owner < workers; owner++) {
      next.set(place(owner), start(owner + 1));
    }
  }

  private int start(int owner) {
    return (int) ((long) count * owner / workers);
  }

  private static int place(int owner) {
    return (owner + 1) * APART;
  }
}
