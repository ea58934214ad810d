package io.lossmith.app.cli;

import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.report.Progress;
import io.lossmith.app.train.Trainer;
import java.nio.file.Path;

/** Says in one line what is there when the user ends the program in the middle (Ctrl-C). */
final class Interruption implements AutoCloseable {
  private final Thread hook;

  /** Starts to watch; the JVM itself then ends with exit code 130. */
  Interruption(Progress progress, Trainer trainer, int steps, Path out) {
    hook = new Thread(() -> tell(progress, trainer.history().steps(), steps, out));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void tell(Progress progress, int done, int steps, Path out) {
    AtomicFile.finish();
    progress.close();
    System.err.println(
        "lossmith: train: ended by the user "
            + (done < steps
                ? "after step " + done + " of " + steps + "; nothing was written to " + out + "."
                : "while writing to " + out + "; the files there are whole."));
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
