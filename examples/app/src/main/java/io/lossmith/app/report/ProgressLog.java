package io.lossmith.app.report;

import io.lossmith.app.train.History;
import java.io.PrintStream;

/** Plain lines now and then, for log files: about twenty in all, without control characters. */
final class ProgressLog implements Progress {
  private final PrintStream out;
  private volatile boolean closed;
  private int before = -1; // steps taken by an earlier run
  private final long started = System.nanoTime();

  ProgressLog(PrintStream out) {
    this.out = out;
  }

  @Override
  public void stepped(int step, int steps, History history) {
    before = before < 0 ? step - 1 : before;
    int every = Math.max(1, steps / 20);
    if (!closed && (step % every == 0 || step == steps)) {
      double seconds = (System.nanoTime() - started) / 1e9;
      double left = seconds / (step - before) * (steps - step);
      out.printf(
          "step %d of %d  %s  %s left%n",
          step, steps, ProgressText.numbers(history), ProgressText.time(left));
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
