package io.lossmith.core.engine.cpu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A team of the calling thread and a fixed set of daemon threads, shared by the whole JVM. The
 * threads start with the first run that has work for them and sleep while there is none.
 *
 * <p>One run at a time is shared out. A call that finds the team busy, whether from another thread
 * or from within a task, does all of its tasks itself, as worker 0. If a task throws, tasks that no
 * one has begun are dropped, and the first exception reaches the caller once the others have ended.
 */
public final class Threads implements Team {
  /** How many threads a run uses; all processors where it is not set. */
  public static final String PROPERTY = "lossmith.threads";

  private static final Map<Integer, Threads> TEAMS = new ConcurrentHashMap<>();

  /**
   * How long to look out for the next run, or for the end of this one, before sleeping: the passes
   * of a program follow each other within microseconds, while waking takes tens of them.
   */
  private static final long SPIN_NANOS = 50_000;

  /** Added to {@link #active} while nobody may enter. */
  private static final int CLOSED = Integer.MIN_VALUE;

  private final int size;
  private final long spinNanos;
  private final Worker[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicInteger next = new AtomicInteger();

  /**
   * How many workers are inside the run, plus {@link #CLOSED}. Everything that threads tell each
   * other goes through it: the caller writes task and count before it opens, a worker reads them
   * after it enters; what the worker wrote comes before it leaves, and the caller goes on after it
   * saw the last one leave.
   */
  private final AtomicInteger active = new AtomicInteger(CLOSED);

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile int round;
  private volatile @Nullable Thread sleepingCaller;
  private @Nullable Task task;
  private int count;
  private int started;

  private Threads(int size) {
    this.size = size;
    spinNanos = size <= Runtime.getRuntime().availableProcessors() ? SPIN_NANOS : 0;
    workers = new Worker[size - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
    }
  }

  /**
   * Returns the team of so many threads, the caller included.
   *
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  public static Threads of(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("Threads: size is " + size + ", must be 1 or more.");
    }
    return TEAMS.computeIfAbsent(size, Threads::new);
  }

  /**
   * Returns the team that {@code -Dlossmith.threads} asks for, or else one thread per processor.
   *
   * @throws IllegalArgumentException if the property is not a whole number of 1 or more
   */
  public static Threads ofMachine() {
    int processors = Runtime.getRuntime().availableProcessors();
    String asked = System.getProperty(PROPERTY);
    if (asked == null) {
      return of(processors);
    }
    int size;
    try {
      size = Integer.parseInt(asked.strip());
    } catch (NumberFormatException e) {
      size = 0;
    }
    if (size < 1) {
      throw new IllegalArgumentException(
          "Threads: -D%s is \"%s\", must be a whole number of 1 or more; leave it out to use all %d."
              .formatted(PROPERTY, asked, processors));
    }
    return of(size);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void run(int count, Task task) {
    if (size == 1 || count <= 1 || !busy.compareAndSet(false, true)) {
      for (int i = 0; i < count; i++) {
        task.run(i, 0);
      }
      return;
    }
    Throwable thrown;
    try {
      start();
      open(count, task);
      work(0, count, task);
      close();
      thrown = failure.getAndSet(null);
    } finally {
      busy.set(false);
    }
    if (thrown != null) {
      Threads.<RuntimeException>raise(thrown);
    }
  }

  private void start() {
    for (; started < workers.length; started++) {
      workers[started].thread.start();
    }
  }

  private void open(int count, Task task) {
    this.task = task;
    this.count = count;
    next.set(0);
    active.set(0);
    round++; // only the caller that holds busy writes it
    for (int i = 0; i < Math.min(workers.length, count - 1); i++) {
      workers[i].wake();
    }
  }

  /**
   * Lets nobody in any more and waits for those inside: a worker still asleep is not waited for.
   */
  private void close() {
    if (active.addAndGet(CLOSED) != CLOSED) {
      long end = System.nanoTime() + spinNanos;
      while (active.get() != CLOSED && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      boolean interrupted = false;
      sleepingCaller = Thread.currentThread();
      while (active.get() != CLOSED) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted(); // or park would return at once, again and again
      }
      sleepingCaller = null;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    task = null;
  }

  private void work(int worker, int count, Task task) {
    try {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        task.run(i, worker);
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      next.set(count);
    }
  }

  /** Throws as it is what may be an error, or the checked exception of a task in Kotlin. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void raise(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** One thread besides the caller. */
  private final class Worker implements Runnable {
    private final int index;
    private final Thread thread;
    private volatile boolean asleep;

    Worker(int index) {
      this.index = index;
      thread = new Thread(null, this, "lossmith-worker-" + index, 0, false);
      thread.setDaemon(true);
    }

    void wake() {
      if (asleep) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      int seen = 0;
      while (true) {
        seen = awaitRound(seen);
        if (enter()) {
          Task mine = task;
          if (mine != null) {
            work(index, count, mine);
          }
          leave();
        }
      }
    }

    private int awaitRound(int seen) {
      long end = System.nanoTime() + spinNanos;
      while (round == seen && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      if (round == seen) {
        asleep = true; // before looking once more: so a caller either is seen or sees this
        while (round == seen) {
          LockSupport.park(Threads.this);
          Thread.interrupted(); // nobody interrupts it to a purpose, and park would not sleep
        }
        asleep = false;
      }
      return round;
    }

    private boolean enter() {
      while (true) {
        int now = active.get();
        if (now < 0) {
          return false;
        }
        if (active.compareAndSet(now, now + 1)) {
          return true;
        }
      }
    }

    private void leave() {
      if (active.decrementAndGet() == CLOSED) {
        Thread caller = sleepingCaller;
        if (caller != null) {
          LockSupport.unpark(caller);
        }
      }
    }
  }
}
