package io.lossmith.core.engine.cpu;

import static io.lossmith.core.engine.cpu.Gathering.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks: each is done once, its writes are seen, its exceptions reach the caller. */
@Timeout(60)
class WorkerThreadsTests {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void everyTaskRunsOnce(int size) {
    WorkerThreads team = WorkerThreads.of(size);
    for (int round = 0; round < 2000; round++) {
      int count = round % 37;
      AtomicIntegerArray times = new AtomicIntegerArray(count);
      team.run(count, (i, worker) -> times.incrementAndGet(i));
      for (int i = 0; i < count; i++) {
        assertThat(times.get(i)).as("task %d of %d in round %d", i, count, round).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void everyTaskOfABriefRunRunsOnceAndItsWritesAreSeen(int size) {
    WorkerThreads team = WorkerThreads.of(size);
    int count = 5;
    long[] numbers = new long[count];
    for (int round = 1; round <= 50_000; round++) {
      long next = round;
      team.runBrief(count, (i, worker) -> numbers[count - 1 - i] += next);
      if (round % 100 == 0) {
        assertThat(numbers).containsOnly((long) round * (round + 1) / 2);
      }
    }
  }

  @Test
  void briefRunsThatFollowEachOtherAreSharedOut() {
    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor");
    WorkerThreads team = WorkerThreads.of(2);
    AtomicInteger others = new AtomicInteger();
    while (others.get() == 0) { // a busy machine may let pass any time between two runs
      team.runBrief(2, (i, worker) -> others.addAndGet(worker));
    }
    assertThat(others).hasPositiveValue();
  }

  @Test
  void aBriefRunThatFollowsNoneIsDoneByTheCallerAlone() {
    WorkerThreads team = WorkerThreads.of(2);
    for (int round = 0; round < 50; round++) {
      LockSupport.parkNanos(200_000);
      team.runBrief(
          8,
          (i, worker) -> {
            long end = System.nanoTime() + 20_000; // long enough for another to come
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
            assertThat(worker).isZero();
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void plainWritesAreSeenByTheCallerAndByTheNextRun(int size) {
    WorkerThreads team = WorkerThreads.of(size);
    int count = 64;
    long[] numbers = new long[count];
    for (int round = 1; round <= 5000; round++) {
      long next = round;
      team.run(count, (i, worker) -> numbers[count - 1 - i] += next); // by another thread each time
      if (round % 100 == 0) {
        assertThat(numbers).containsOnly((long) round * (round + 1) / 2);
      }
    }
  }

  @Test
  void workersAreNumberedAndNoTwoAreTheSameAtATime() {
    for (int size : new int[] {1, 2, 7}) {
      AtomicIntegerArray inside = new AtomicIntegerArray(size);
      AtomicInteger clashes = new AtomicInteger();
      WorkerThreads.of(size)
          .run(
              2000,
              (i, worker) -> {
                if (inside.getAndIncrement(worker) != 0) {
                  clashes.incrementAndGet();
                }
                Thread.onSpinWait();
                inside.decrementAndGet(worker);
              });
      assertThat(clashes).as("with %d", size).hasValue(0);
    }
  }

  @Test
  void severalThreadsReallyTakePart() {
    CountDownLatch both = new CountDownLatch(2);
    WorkerThreads.of(2)
        .run(
            2,
            (i, worker) -> {
              both.countDown();
              await(both);
            });
    assertThat(both.getCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void anExceptionReachesTheCallerAndTheTeamGoesOn(int size) {
    WorkerThreads team = WorkerThreads.of(size);
    for (int round = 0; round < 200; round++) {
      int bad = round % 20;
      AtomicInteger running = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  team.run(
                      20,
                      (i, worker) -> {
                        running.incrementAndGet();
                        try {
                          if (i == bad) {
                            throw new IllegalStateException("task " + i);
                          }
                        } finally {
                          running.decrementAndGet();
                        }
                      }))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("task " + bad);
      assertThat(running).as("tasks still running in round %d", round).hasValue(0);
    }
    everyTaskRunsOnce(size);
  }

  @Test
  void anErrorReachesTheCallerAsItIs() {
    AssertionError error = new AssertionError("boom");
    assertThatThrownBy(
            () ->
                WorkerThreads.of(2)
                    .run(
                        8,
                        (i, worker) -> {
                          throw error;
                        }))
        .isSameAs(error);
  }

  @Test
  void aRunWithinATaskIsDoneByItsWorkerAlone() {
    WorkerThreads team = WorkerThreads.of(2);
    AtomicInteger done = new AtomicInteger();
    team.run(
        8,
        (i, worker) -> {
          Thread me = Thread.currentThread();
          team.run(
              8,
              (j, inner) -> {
                assertThat(inner).isZero();
                assertThat(Thread.currentThread()).isSameAs(me);
                done.incrementAndGet();
              });
        });
    assertThat(done).hasValue(64);
  }

  @Test
  void concurrentCallersAllGetTheirWorkDone() throws InterruptedException {
    WorkerThreads team = WorkerThreads.of(3);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> callers = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      Thread caller =
          new Thread(
              () -> {
                for (int round = 0; round < 2000; round++) {
                  int[] squares = new int[50];
                  team.run(50, (i, worker) -> squares[i] = i * i);
                  for (int i = 0; i < 50; i++) {
                    if (squares[i] != i * i) {
                      throw new AssertionError("task " + i + " in round " + round);
                    }
                  }
                }
              });
      caller.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(failure).hasValue(null);
  }

  @Test
  void anInterruptOfTheCallerIsKept() {
    Thread.currentThread().interrupt();
    int[] done = new int[2];
    WorkerThreads.of(2)
        .run(
            2,
            (i, worker) -> {
              LockSupport.parkNanos(worker == 0 ? 1 : 5_000_000);
              done[i] = 1;
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).containsOnly(1);
  }

  @Test
  void slowTasksAreWaitedForAsleep() {
    WorkerThreads team = WorkerThreads.of(2);
    for (int round = 0; round < 20; round++) {
      AtomicInteger done = new AtomicInteger();
      team.run(
          3,
          (i, worker) -> {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(i == 0 ? 1 : 5);
            while (System.nanoTime() < end) {
              LockSupport.parkNanos(1_000_000);
            }
            done.incrementAndGet();
          });
      assertThat(done).hasValue(3);
    }
  }

  @Test
  void aRunAllocatesNothing() {
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] a = new float[64];
    ParallelFor.Task task = (i, worker) -> a[i]++;
    for (int size : new int[] {1, 2}) {
      ParallelFor team = WorkerThreads.of(size);
      for (int i = 0; i < 20_000; i++) {
        team.run(64, task);
      }
      long me = Thread.currentThread().getId();
      bean.getThreadAllocatedBytes(me);
      long before = bean.getThreadAllocatedBytes(me);
      for (int i = 0; i < 1000; i++) {
        team.run(64, task);
      }
      long bytes = bean.getThreadAllocatedBytes(me) - before;
      assertThat(bytes).as("bytes of 1000 runs with %d threads", size).isLessThan(1000);
    }
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    float[] data = new float[10_000];
    Random random = new Random(5);
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat();
    }
    float expected = slotSum(WorkerThreads.of(1), data);
    for (int size : new int[] {2, 7}) {
      for (int round = 0; round < 50; round++) {
        assertThat(slotSum(WorkerThreads.of(size), data)).isEqualTo(expected);
      }
    }
  }

  private static float slotSum(ParallelFor team, float[] data) {
    float[] slots = new float[10];
    team.run(
        10,
        (i, worker) -> {
          float sum = 0;
          for (int k = 1000 * i; k < 1000 * (i + 1); k++) {
            sum += data[k];
          }
          slots[i] = sum;
        });
    float total = 0;
    for (float slot : slots) {
      total += slot;
    }
    return total;
  }
}
