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
  public synchronized void stepped(int step, int steps, History history) {
    if (closed) {
      return; // the last step may end after the user did
    }
    ProgressBar shown =
        bar == null ? Bars.open(terminal, System.err, "training", step - 1, steps) : bar;
    bar = shown;
    shown.stepTo(step);
    shown.setExtraMessage(" " + ProgressText.numbers(history));
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
