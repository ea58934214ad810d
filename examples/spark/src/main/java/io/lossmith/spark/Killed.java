package io.lossmith.spark;

import org.apache.spark.BarrierTaskContext;
import org.apache.spark.util.TaskInterruptListener;

/** Interrupts a worker when Spark gives its task up, which by itself only sets a mark. */
final class Killed implements AutoCloseable {
  private final Thread worker = Thread.currentThread();
  private boolean ended;

  /** Watches a task from here on; to be used by the thread that runs it. */
  Killed(BarrierTaskContext context) {
    TaskInterruptListener listener = (task, reason) -> interrupt();
    context.addTaskInterruptListener(listener);
  }

  private synchronized void interrupt() {
    if (!ended) {
      worker.interrupt();
    }
  }

  /** What Spark does after the task must not be interrupted. */
  @Override
  public void close() {
    synchronized (this) {
      ended = true;
    }
    Thread.interrupted();
  }
}
