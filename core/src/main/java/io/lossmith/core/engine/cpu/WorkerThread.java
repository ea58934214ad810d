package io.lossmith.core.engine.cpu;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The life of one thread of a team besides the caller: there is none while there is no work. */
final class WorkerThread implements Runnable {
  /** There is no thread. */
  private static final int GONE = 0;

  /** It looks out for a round, or has one. */
  private static final int AWAKE = 1;

  /** It waits to be woken, or to end. */
  private static final int ASLEEP = 2;

  private final WorkerThreads team;
  private final int index;
  private final long spinNanos;
  private final long idleNanos;

  /** The caller moves it from asleep to awake, the thread from asleep to gone: one of them. */
  private final AtomicInteger state = new AtomicInteger(GONE);

  private @Nullable Thread thread; // read and written by the caller that shares a run out
  private int seen;

  /**
   * @param index its number in the team, from 1 on
   * @param spinNanos how long it looks out for the next round before it sleeps
   * @param idleNanos how long it sleeps before it ends
   */
  WorkerThread(WorkerThreads team, int index, long spinNanos, long idleNanos) {
    this.team = team;
    this.index = index;
    this.spinNanos = spinNanos;
    this.idleNanos = idleNanos;
  }

  /** Lets it know of the round that has begun. */
  void call() {
    if (state.get() == GONE) {
      start();
    } else if (state.compareAndSet(ASLEEP, AWAKE)) {
      LockSupport.unpark(thread);
    } else if (state.get() == GONE) { // it was asleep a moment ago
      start();
    }
  }

  private void start() {
    seen = team.round() - 1; // so that it takes part in this one
    Thread next = create(this, "lossmith-worker-" + index);
    state.set(AWAKE);
    try {
      next.start();
      thread = next;
    } catch (Throwable e) {
      state.set(GONE);
      throw e;
    }
  }

  /**
   * Creates a thread that keeps nothing of the caller: neither its group, nor its inheritable
   * values, nor its context class loader, nor, by asking in our own name, the protection domains of
   * the classes on its stack, which hold their loaders.
   */
  @SuppressWarnings("removal") // of the permission checks; nobody checks any here
  private static Thread create(Runnable work, String name) {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              ThreadGroup group = Thread.currentThread().getThreadGroup();
              while (group.getParent() != null) {
                group = group.getParent();
              }
              Thread thread = new Thread(group, work, name, 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
  }

  @Override
  public void run() {
    while (awaitRound()) {
      team.takePart(index);
    }
  }

  /** Returns false if none came for so long that the thread shall end. */
  private boolean awaitRound() {
    long end = System.nanoTime() + spinNanos;
    while (team.round() == seen && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    if (team.round() == seen && !sleep()) {
      return false;
    }
    seen = team.round();
    return true;
  }

  private boolean sleep() {
    long end = System.nanoTime() + idleNanos;
    while (true) {
      state.set(ASLEEP); // before looking once more: so a caller either is seen or sees this
      if (team.round() != seen) {
        state.set(AWAKE);
        return true;
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        return !state.compareAndSet(ASLEEP, GONE); // else the caller has just called
      }
      LockSupport.parkNanos(team, left);
      Thread.interrupted(); // nobody interrupts it to a purpose, and park would not sleep
    }
  }
}
