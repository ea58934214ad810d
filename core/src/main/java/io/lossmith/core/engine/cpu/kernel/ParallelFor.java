package io.lossmith.core.engine.cpu.kernel;

/**
 * Threads that share out numbered tasks. What a task computes must depend on its number alone,
 * never on the worker or on the order: that is what makes results independent of the number of
 * threads.
 */
public interface ParallelFor {
  /** One numbered piece of work. */
  interface Task {
    /**
     * Does the piece.
     *
     * @param index which piece
     * @param worker the thread doing it, 0 to {@link ParallelFor#size()} − 1: for scratch memory
     */
    void run(int index, int worker);
  }

  /** Returns how many workers there are, the caller included. */
  int size();

  /** Runs tasks 0 to {@code count} − 1 and returns when all are done; allocates nothing. */
  void run(int count, Task task);

  /**
   * Likewise, where all tasks together take a few microseconds: others take part only where such
   * runs follow each other so closely that they stay awake between them.
   */
  default void runBrief(int count, Task task) {
    run(count, task);
  }

  /** Runs tasks one after the other, as worker 0. */
  static void alone(int count, Task task) {
    for (int i = 0; i < count; i++) {
      task.run(i, 0);
    }
  }
}
