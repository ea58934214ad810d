package io.lossmith.core.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a program that nobody has at the moment, and how many use the program: those who
 * share it, and calls that are out. With the last of them it is closed.
 */
final class CallPool {
  /** More callers at once than this, and the rest have a call made. */
  private static final int KEPT = 16;

  private final EngineProgram program;
  private final ArrayDeque<Call> idle = new ArrayDeque<>(KEPT);
  private int users = 1;

  CallPool(EngineProgram program) {
    this.program = program;
  }

  EngineProgram program() {
    return program;
  }

  /** Lets one more use the program, who will leave; returns false if it is closed. */
  synchronized boolean join() {
    if (users > 0) {
      users++;
    }
    return users > 0;
  }

  /** Ends the use of one. */
  void leave() {
    if (isLast(null)) {
      program.close();
    }
  }

  /** Ends the use of a call, which waits for the next run. */
  void give(Call call) {
    if (isLast(call)) {
      program.close();
    }
  }

  private synchronized boolean isLast(@Nullable Call given) {
    if (given != null && idle.size() < KEPT) {
      idle.addLast(given);
    }
    if (--users == 0) {
      idle.clear();
    }
    return users == 0;
  }

  /** Returns a call, which uses the program until it is given back; null if that is closed. */
  @Nullable Call take() {
    Call call;
    synchronized (this) {
      if (users == 0) {
        return null;
      }
      users++;
      call = idle.pollLast();
    }
    return (call == null ? made() : call).takenFrom(this);
  }

  private Call made() {
    try {
      return program.newCall();
    } catch (RuntimeException | Error e) {
      leave();
      throw e;
    }
  }
}
