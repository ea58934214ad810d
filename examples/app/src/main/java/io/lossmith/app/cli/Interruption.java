package io.lossmith.app.cli;

import io.lossmith.app.io.AtomicFile;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Says in one line what is there when the user ends the program in the middle (Ctrl-C). */
public final class Interruption implements AutoCloseable {
  private final Thread hook;
  private volatile boolean begun;

  /**
   * Starts to watch; the JVM itself then ends with exit code 130.
   *
   * @param progress what is shown on standard error until then
   * @param ending does what is left to do, and returns what to tell
   */
  public Interruption(Runnable progress, Supplier<String> ending) {
    hook = new Thread(() -> tell(progress, ending), "lossmith-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void tell(Runnable progress, Supplier<String> ending) {
    begun = true;
    String text = ending.get();
    AtomicFile.finish();
    progress.run();
    System.err.println("lossmith: " + text);
  }

  /** Where the program is ending waits for that, for what fails on the way is not worth a line. */
  public void await() {
    while (begun) {
      LockSupport.park();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending: the hook runs.
    }
  }
}
