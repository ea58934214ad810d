package io.lossmith.autodiff.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at as many random formulas as asked for, on all processors, and says what is wrong.
 *
 * <pre>
 * autodiff/random-formulas FROM TO ENGINE...     seeds FROM to TO − 1; simd, plain, opencl
 *   -Dworkers=N    formulas at a time; the processors where it is not set
 *   -Dseconds=N    ends after so many seconds
 * </pre>
 */
public final class Hunt {
  /** More seconds than anybody waits. */
  static final long FOREVER = Long.MAX_VALUE / 2_000_000_000L;

  private Hunt() {}

  /** Ends with exit code 1 if anything differs. */
  public static void main(String[] args) {
    if (args.length < 3) {
      System.err.println(
          "random-formulas: FROM TO ENGINE... must be given; engines are simd, plain, opencl");
      System.exit(2);
    }
    long from = Long.parseLong(args[0]);
    long to = Long.parseLong(args[1]);
    List<Contender> contenders = Arrays.stream(args).skip(2).map(Contender::of).toList();
    Tally tally = new Tally();
    long seconds = Long.getLong("seconds", FOREVER);
    double took = run(from, to, contenders, tally, seconds, true);
    System.out.println(tally.summary());
    System.out.printf(
        "%.0f seconds, %.1f formulas a second and engine%n",
        took, tally.compared() / took / contenders.size());
    System.exit(tally.differing() == 0 ? 0 : 1);
  }

  /** Looks at formulas and returns the seconds that took. */
  static double run(
      long from, long to, List<Contender> contenders, Tally tally, long seconds, boolean aloud) {
    long start = System.nanoTime();
    AtomicLong next = new AtomicLong(from);
    AtomicLong said = new AtomicLong(start);
    Runnable work =
        () -> {
          while (true) {
            long first = next.getAndAdd(Batch.SIZE);
            long now = System.nanoTime();
            if (first >= to || now - start > seconds * 1_000_000_000L) {
              return;
            }
            new Batch(contenders, tally).run(first, Math.min(to, first + Batch.SIZE));
            long last = said.get();
            if (aloud && now - last > 10_000_000_000L && said.compareAndSet(last, now)) {
              System.out.printf(
                  "%d s, seed %d: %s%n", (now - start) / 1_000_000_000L, first, tally.progress());
            }
          }
        };
    List<Thread> threads = new ArrayList<>();
    int workers = Integer.getInteger("workers", Runtime.getRuntime().availableProcessors());
    for (int i = 0; i < workers; i++) {
      Thread thread = new Thread(work, "random-formulas-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      join(thread);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
