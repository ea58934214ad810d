package io.lossmith.core.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs what several workers do, each in a thread of its own. */
public final class Workers {
  private Workers() {}

  /** Returns what each worker returns, by rank. */
  public static <T> List<T> inThreads(int size, IntFunction<T> worker)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int rank = i;
        tasks.add(() -> worker.apply(rank));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : threads.invokeAll(tasks)) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
