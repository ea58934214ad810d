package io.lossmith.app.report;

import io.lossmith.app.train.History;
import java.io.PrintStream;

/**
 * Plain lines now and then, for log files: the first step and about twenty more, without control
 * characters.
 */
final class ProgressLog implements Progress {
  private final PrintStream out;
  private volatile boolean closed;
  private int before; // steps taken by an earlier run
  private final long started = System.nanoTime();

  ProgressLog(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(int before, int steps) {
    this.before = before;
    out.println(
        "training, " + (before == 0 ? steps : (steps - before) + " more") + " steps to take");
  }

  @Override
  public void stepped(int step, int steps, History history) {
    int every = Math.max(1, steps / 20);
    if (closed) {
      return;
    }
    if (step % every == 0 || step == steps) {
      double seconds = (System.nanoTime() - started) / 1e9;
      double left = seconds / (step - before) * (steps - step);
      out.printf(
          "step %d of %d  %s  %s left%n",
          step, steps, ProgressText.numbers(history), ProgressText.time(left));
    } else if (step == before + 1) { // the others are so much faster that it tells no time
      out.printf("step %d of %d  %s%n", step, steps, ProgressText.numbers(history));
    }
  }

  @Override
  public void validated(History history) {
    // The next line shows it.
  }

  @Override
  public void close() {
    closed = true;
    out.flush();
  }
}
