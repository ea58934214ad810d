package io.lossmith.spark;

import io.lossmith.core.collective.Collective;
import java.io.PrintWriter;
import java.io.Serializable;

/** What each worker does; travels to the executors. */
interface WorkerJob extends Serializable {
  /** Returns what must be the same for all workers, in words. */
  String agreement();

  /**
   * Does it, as one of several.
   *
   * @param attempt 0, or how often Spark has started all workers before
   * @param out takes what the first worker has to tell the user
   */
  void run(Collective own, int attempt, PrintWriter out);
}
