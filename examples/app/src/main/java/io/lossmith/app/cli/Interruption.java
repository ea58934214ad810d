package io.lossmith.app.cli;

import io.lossmith.app.io.AtomicFile;
import java.util.function.Supplier;

/** Says in one line what is there when the user ends the program in the middle (Ctrl-C). */
public final class Interruption implements AutoCloseable {
  private final Thread hook;

  /**
   * Starts to watch; the JVM itself then ends with exit code 130.
   *
   * @param progress what is shown on standard error until then
   * @param ending does what is left to do, and returns what to tell
   */
  public Interruption(Runnable progress, Supplier<String> ending) {
    hook = new Thread(() -> tell(progress, ending));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void tell(Runnable progress, Supplier<String> ending) {
    String text = ending.get();
    AtomicFile.finish();
    progress.run();
    System.err.println("lossmith: " + text);
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
