package io.lossmith.core.engine.cpu;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tasks that wait for each other, so that as many threads must come. */
final class Gathering {
  private Gathering() {}

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody else came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the threads besides the caller, all of which must come. */
  static Set<Thread> workers(WorkerThreads team, int size) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(size);
    team.run(
        size,
        (i, worker) -> {
          threads.add(Thread.currentThread());
          all.countDown();
          await(all);
        });
    threads.remove(Thread.currentThread());
    return threads;
  }
}
