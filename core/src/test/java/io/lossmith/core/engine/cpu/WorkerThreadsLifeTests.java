package io.lossmith.core.engine.cpu;

import static io.lossmith.core.engine.cpu.Gathering.await;
import static io.lossmith.core.engine.cpu.Gathering.workers;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When threads come, sleep and end, and what they hold meanwhile. */
@Timeout(60)
class WorkerThreadsLifeTests {
  @Test
  void sleepingWorkersWakeAgain() throws InterruptedException {
    WorkerThreads team = WorkerThreads.of(2);
    for (int round = 0; round < 20; round++) {
      CountDownLatch both = new CountDownLatch(2);
      team.run(
          2,
          (i, worker) -> {
            both.countDown();
            await(both); // stays here until a second thread came
          });
      Thread.sleep(2); // much longer than they look out for work
    }
  }

  @Test
  void idleThreadsEndAndOthersComeInTheirPlace() throws InterruptedException {
    WorkerThreads team = new WorkerThreads(3, TimeUnit.MILLISECONDS.toNanos(100));
    Set<Thread> before = Set.of();
    for (int round = 0; round < 3; round++) {
      Set<Thread> workers = workers(team, 3);
      assertThat(workers).hasSize(2).noneMatch(before::contains);
      for (Thread worker : workers) {
        worker.join(30_000);
        assertThat(worker.isAlive()).isFalse();
      }
      before = workers;
    }
  }

  @Test
  void threadsThatAreUsedStay() throws InterruptedException {
    WorkerThreads team = new WorkerThreads(3, TimeUnit.SECONDS.toNanos(30));
    Set<Thread> workers = workers(team, 3);
    Thread.sleep(5);
    assertThat(workers(team, 3)).isEqualTo(workers);
  }

  /** Runs come when threads are about to end, or just have: none may be lost, and none may hang. */
  @Test
  void aRunThatComesAsThreadsEndIsDoneByAllOfThem() {
    Random random = new Random(7);
    long idle = TimeUnit.MICROSECONDS.toNanos(200);
    WorkerThreads team = new WorkerThreads(3, idle);
    for (int round = 0; round < 1000; round++) {
      workers(team, 3);
      LockSupport.parkNanos(random.nextLong(4 * idle));
    }
  }

  @Test
  void workersHoldNothingOfTheCaller() {
    ThreadLocal<String> inherited = new InheritableThreadLocal<>();
    ThreadGroup group = new ThreadGroup("of the caller");
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    Thread caller =
        new Thread(
            group,
            () -> {
              inherited.set("value");
              WorkerThreads team = new WorkerThreads(2, TimeUnit.SECONDS.toNanos(30));
              workers.addAll(workers(team, 2));
              Thread me = Thread.currentThread();
              CountDownLatch both = new CountDownLatch(2);
              team.run(
                  2,
                  (i, worker) -> {
                    if (Thread.currentThread() != me) {
                      seen.set(inherited.get());
                    }
                    both.countDown();
                    await(both);
                  });
            });
    caller.start();
    join(caller);
    assertThat(seen).hasValue(null);
    assertThat(workers).hasSize(1);
    for (Thread worker : workers) {
      assertThat(worker.getContextClassLoader()).isNull();
      assertThat(worker.getThreadGroup()).isNotSameAs(group);
      assertThat(worker.isDaemon()).isTrue();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void workersAreNamedDaemons() {
    ConcurrentHashMap<String, Boolean> daemons = new ConcurrentHashMap<>();
    CountDownLatch all = new CountDownLatch(3);
    WorkerThreads.of(3)
        .run(
            3,
            (i, worker) -> {
              Thread thread = Thread.currentThread();
              if (worker != 0) {
                daemons.put(worker + " " + thread.getName(), thread.isDaemon());
              }
              all.countDown();
              await(all);
            });
    assertThat(daemons)
        .containsOnlyKeys("1 lossmith-worker-1", "2 lossmith-worker-2")
        .doesNotContainValue(false);
  }
}
