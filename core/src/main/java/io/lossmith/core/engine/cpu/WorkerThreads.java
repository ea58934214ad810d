package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.SystemProperty;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A team of the calling thread and a fixed number of daemon threads, shared by the whole JVM. A
 * thread starts with the first run that has work for it, sleeps while there is none, and ends after
 * two seconds of that: the next run starts another, which takes less than a millisecond.
 *
 * <p>Threads hold nothing of those who call: no context class loader, no access control context,
 * and no task once it is done. So whoever loaded the classes of a caller can release them, and
 * whoever loaded this class can once its threads have ended.
 *
 * <p>One run at a time is shared out. A call that finds the team busy, whether from another thread
 * or from within a task, does all of its tasks itself, as worker 0. If a task throws, tasks that no
 * one has begun are dropped, and the first exception reaches the caller once the others have ended.
 */
public final class WorkerThreads implements ParallelFor {
  /** How many threads a run uses; all processors where it is not set. */
  public static final String PROPERTY = "lossmith.threads";

  private static final Map<Integer, WorkerThreads> TEAMS = new ConcurrentHashMap<>();

  /**
   * How long to look out for the next run, or for the end of this one, before sleeping: the passes
   * of a program follow each other within microseconds, while waking takes tens of them.
   */
  private static final long SPIN_NANOS = 50_000;

  /** How long a thread sleeps before it ends; starting one again costs a tenth of a millisecond. */
  private static final long IDLE_NANOS = 2_000_000_000;

  private final int size;
  private final long spinNanos;
  private final WorkerThread[] workers;
  private final Shares shares;

  /**
   * Everything that threads tell each other goes through it: the caller writes task and shares
   * before it opens, a worker reads them after it entered; what the worker wrote comes before it
   * leaves, and the caller goes on after it saw the last one leave.
   */
  private final Gate gate = new Gate();

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Pace pace;
  private volatile int round;
  private @Nullable Task task;

  /**
   * Creates a team of its own.
   *
   * @param idleNanos how long a thread sleeps before it ends
   */
  WorkerThreads(int size, long idleNanos) {
    this.size = size;
    shares = new Shares(size);
    spinNanos = size <= Runtime.getRuntime().availableProcessors() ? SPIN_NANOS : 0;
    pace = new Pace(spinNanos, System.nanoTime());
    workers = new WorkerThread[size - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new WorkerThread(this, i + 1, spinNanos, idleNanos);
    }
  }

  /**
   * Returns the team of so many threads, the caller included.
   *
   * @throws IllegalArgumentException if {@code size} is below 1 or above {@link
   *     Engine#MOST_THREADS}
   */
  public static WorkerThreads of(int size) {
    if (size < 1 || size > Engine.MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads: size is " + size + ", must be in 1.." + Engine.MOST_THREADS);
    }
    return TEAMS.computeIfAbsent(size, made -> new WorkerThreads(made, IDLE_NANOS));
  }

  /**
   * Returns the team that {@code -Dlossmith.threads} asks for, or else one thread per processor.
   *
   * @throws IllegalArgumentException if the property is not a whole number from 1 to {@link
   *     Engine#MOST_THREADS}
   */
  public static WorkerThreads ofMachine() {
    int processors = Runtime.getRuntime().availableProcessors();
    return of(
        SystemProperty.count(
            PROPERTY,
            processors,
            Engine.MOST_THREADS,
            "for one thread on each of " + processors + " processors"));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void run(int count, Task task) {
    if (size == 1 || count <= 1 || !pace.take()) {
      ParallelFor.alone(count, task);
    } else {
      share(count, task);
    }
  }

  @Override
  public void runBrief(int count, Task task) {
    long me = Thread.currentThread().getId();
    if (size == 1 || count <= 1 || !pace.takeBriefly(System.nanoTime(), me)) {
      ParallelFor.alone(count, task);
    } else {
      share(count, task);
    }
  }

  private void share(int count, Task task) {
    Throwable thrown;
    try {
      try {
        open(count, task);
        work(0, task);
      } finally {
        close();
        thrown = failure.getAndSet(null);
      }
    } finally {
      pace.giveBack();
    }
    if (thrown != null) {
      WorkerThreads.<RuntimeException>raise(thrown);
    }
  }

  private void open(int count, Task task) {
    this.task = task;
    shares.lay(count);
    gate.open();
    round++; // only the caller that holds busy writes it
    for (int i = 0; i < Math.min(workers.length, count - 1); i++) {
      workers[i].call();
    }
  }

  private void close() {
    gate.close(spinNanos);
    task = null;
  }

  /** Returns the number of the latest run, which tells a worker whether it is a new one. */
  int round() {
    return round;
  }

  /**
   * Does what is left of a run, if it goes on; in a method of its own: the frame of a thread that
   * waits must not hold on to the task.
   */
  void takePart(int worker) {
    if (gate.enter()) {
      Task mine = task;
      if (mine != null) {
        work(worker, mine);
      }
      gate.leave();
    }
  }

  private void work(int worker, Task task) {
    try {
      for (int i = shares.take(worker); i != Shares.NONE; i = shares.take(worker)) {
        task.run(i, worker);
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      shares.drop();
    }
  }

  /** Throws as it is what may be an error, or the checked exception of a task in Kotlin. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void raise(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
