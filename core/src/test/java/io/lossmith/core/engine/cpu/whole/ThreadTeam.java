package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The plainest team: a pool of threads that take the next task. */
record ThreadTeam(int size, ExecutorService pool) implements ParallelFor, AutoCloseable {
  static ThreadTeam of(int size) {
    return new ThreadTeam(size, Executors.newFixedThreadPool(size));
  }

  @Override
  public void run(int count, Task task) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int worker = i;
      futures.add(
          pool.submit(
              () -> {
                for (int index = next.getAndIncrement();
                    index < count;
                    index = next.getAndIncrement()) {
                  task.run(index, worker);
                }
              }));
    }
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
