package io.lossmith.app.cli;

import io.lossmith.app.workers.Alone;
import io.lossmith.core.collective.Collective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The workers of a training that this program is: most often one, or all, as threads. */
final class Team implements AutoCloseable {
  private final List<Collective> here;
  private final boolean ownsProcess;

  /**
   * Makes a team.
   *
   * @param ownsProcess whether the others are other programs, which must be told when this ends
   */
  Team(List<Collective> here, boolean ownsProcess) {
    this.here = List.copyOf(here);
    this.ownsProcess = ownsProcess;
  }

  /** Returns whether worker 0 is among them: it alone writes, and prints what was learned. */
  boolean writes() {
    return here.get(0).rank() == 0;
  }

  /** Returns whether this program is one worker, and others are the others. */
  boolean ownsProcess() {
    return ownsProcess;
  }

  /** Returns the workers that this program is. */
  List<Collective> here() {
    return here;
  }

  /** Returns what connects this program, as one of several, to the others, if there are any. */
  Collective others() {
    return here.size() == 1 ? here.get(0) : Alone.WORKER;
  }

  /** Returns how many workers there are, here and elsewhere. */
  int size() {
    return here.get(0).size();
  }

  /** Has a part of the work done for all workers here; where it fails, the others are told. */
  void prepare(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      here.forEach(worker -> worker.leave(ErrorLine.words(e)));
      throw e;
    }
  }

  /**
   * Has the same work done by each worker here, in a thread of its own, and throws what went wrong
   * first; then all others end, too.
   */
  void run(Consumer<Collective> work) {
    if (here.size() == 1) {
      prepare(() -> work.accept(here.get(0)));
      return;
    }
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (Collective worker : here) {
      threads.add(new Thread(() -> attempt(work, worker, failures), "worker-" + worker.rank()));
    }
    threads.forEach(Thread::start);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      here.forEach(worker -> worker.leave("interrupted"));
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      throwAgain(failures.get(0));
    }
  }

  private static void attempt(
      Consumer<Collective> work, Collective worker, List<Throwable> failures) {
    try {
      work.accept(worker);
    } catch (RuntimeException | Error e) {
      failures.add(e); // before the others fail for it
      worker.leave(ErrorLine.words(e));
    }
  }

  private static void throwAgain(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Override
  public void close() {
    here.forEach(Collective::close);
  }
}
