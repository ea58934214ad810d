package io.lossmith.app.report;

import io.lossmith.app.train.History;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A bar that redraws its line: steps, time used and left, loss, validation Dice. */
final class ProgressLine implements Progress {
  private final Terminal terminal;
  private @Nullable ProgressBar bar;
  private boolean closed;

  ProgressLine(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void begin(int before, int steps) {
    if (!closed) {
      bar = Bars.open(terminal, System.err, "training", before, steps);
    }
  }

  @Override
  public synchronized void stepped(int step, int steps, History history) {
    if (bar != null) { // the last step may end after the user did
      bar.maxHint(steps); // fewer, where training ends early
      bar.stepTo(step);
      bar.setExtraMessage(" " + ProgressText.numbers(history));
    }
  }

  @Override
  public synchronized void validated(History history) {
    if (bar != null) {
      bar.setExtraMessage(" " + ProgressText.numbers(history));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
