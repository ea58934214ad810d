package io.lossmith.app.cli;

import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.report.Progress;
import io.lossmith.app.train.Trainer;
import java.nio.file.Path;

/** Says in one line what is there when the user ends the program in the middle (Ctrl-C). */
final class Interruption implements AutoCloseable {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /** Starts to watch; the JVM itself then ends with exit code 130. */
  static Interruption announced(Progress progress, Trainer trainer, int steps, Path out) {
    Thread hook =
        new Thread(
            () -> {
              AtomicFile.finish();
              progress.close();
              System.err.println(
                  "lossmith: train: ended by the user after step "
                      + trainer.history().steps()
                      + " of "
                      + steps
                      + "; nothing was written to "
                      + out
                      + ".");
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
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
