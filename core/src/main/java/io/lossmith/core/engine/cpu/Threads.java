package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.SystemProperty;
import io.lossmith.core.engine.cpu.kernel.Team;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A team of the calling thread and a fixed number of daemon threads, shared by the whole JVM. A
 * thread starts with the first run that has work for it, sleeps while there is none, and ends after
 * two seconds of that: the next run starts another, which takes less than a millisecond.
 *
 * <p>Threads hold nothing of those who call: no context class loader, no access control context,
 * and no task once it is done. So whoever loaded the classes of a caller can let go of them, and
 * whoever loaded this class can once its threads have ended.
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

  /** How long a thread sleeps before it ends; starting one again costs a tenth of a millisecond. */
  private static final long IDLE_NANOS = 2_000_000_000;

  /** Added to {@link #active} while nobody may enter. */
  private static final int CLOSED = Integer.MIN_VALUE;

  private final int size;
  private final long spinNanos;
  private final long idleNanos;
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

  private Threads(int size) {
    this(size, IDLE_NANOS);
  }

  /**
   * Creates a team of its own.
   *
   * @param idleNanos how long a thread sleeps before it ends
   */
  Threads(int size, long idleNanos) {
    this.size = size;
    this.idleNanos = idleNanos;
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
    return of(
        SystemProperty.count(
            PROPERTY, processors, "for one thread on each of " + processors + " processors"));
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
      try {
        open(count, task);
        work(0, count, task);
      } finally {
        close();
        thrown = failure.getAndSet(null);
      }
    } finally {
      busy.set(false);
    }
    if (thrown != null) {
      Threads.<RuntimeException>raise(thrown);
    }
  }

  private void open(int count, Task task) {
    this.task = task;
    this.count = count;
    next.set(0);
    active.set(0);
    round++; // only the caller that holds busy writes it
    for (int i = 0; i < Math.min(workers.length, count - 1); i++) {
      workers[i].call();
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

  /**
   * Creates a thread that keeps nothing of the caller: neither its group, nor its inheritable
   * values, nor its context class loader, nor, by asking in our own name, the protection domains of
   * the classes on its stack, which hold their loaders.
   */
  @SuppressWarnings("removal") // of the permission checks; nobody checks any here
  private static Thread create(Runnable work, String name) {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              ThreadGroup group = Thread.currentThread().getThreadGroup();
              while (group.getParent() != null) {
                group = group.getParent();
              }
              Thread thread = new Thread(group, work, name, 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
  }

  /** Throws as it is what may be an error, or the checked exception of a task in Kotlin. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void raise(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** One thread besides the caller, or none while there is nothing to do. */
  private final class Worker implements Runnable {
    /** There is no thread. */
    private static final int GONE = 0;

    /** It looks out for a round, or has one. */
    private static final int AWAKE = 1;

    /** It waits to be woken, or to end. */
    private static final int ASLEEP = 2;

    private final int index;

    /** The caller moves it from asleep to awake, the thread from asleep to gone: one of them. */
    private final AtomicInteger state = new AtomicInteger(GONE);

    private @Nullable Thread thread; // read and written by the caller that holds busy
    private int seen;

    Worker(int index) {
      this.index = index;
    }

    /** Lets it know of the round that has begun. */
    void call() {
      if (state.get() == GONE) {
        start();
      } else if (state.compareAndSet(ASLEEP, AWAKE)) {
        LockSupport.unpark(thread);
      } else if (state.get() == GONE) { // it was asleep a moment ago
        start();
      }
    }

    private void start() {
      seen = round - 1; // so that it takes part in this one
      Thread next = create(this, "lossmith-worker-" + index);
      state.set(AWAKE);
      try {
        next.start();
        thread = next;
      } catch (Throwable e) {
        state.set(GONE);
        throw e;
      }
    }

    @Override
    public void run() {
      while (awaitRound()) {
        takePart();
      }
    }

    /** In a method of its own: a frame that waits must not hold on to the task. */
    private void takePart() {
      if (enter()) {
        Task mine = task;
        if (mine != null) {
          work(index, count, mine);
        }
        leave();
      }
    }

    /** Returns false if none came for so long that the thread shall end. */
    private boolean awaitRound() {
      long end = System.nanoTime() + spinNanos;
      while (round == seen && System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      if (round == seen && !sleep()) {
        return false;
      }
      seen = round;
      return true;
    }

    private boolean sleep() {
      long end = System.nanoTime() + idleNanos;
      while (true) {
        state.set(ASLEEP); // before looking once more: so a caller either is seen or sees this
        if (round != seen) {
          state.set(AWAKE);
          return true;
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return !state.compareAndSet(ASLEEP, GONE); // else the caller has just called
        }
        LockSupport.parkNanos(Threads.this, left);
        Thread.interrupted(); // nobody interrupts it to a purpose, and park would not sleep
      }
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
