package io.lossmith.app.report;

import io.lossmith.app.train.TrainingListener;

/** Shows how training goes while it goes. */
public interface Progress extends TrainingListener, AutoCloseable {
  /** Returns a live bar for a terminal, else plain lines now and then; both on standard error. */
  static Progress onStandardError(Terminal terminal) {
    return terminal.isInteractive() ? new ProgressLine(terminal) : new ProgressLog(System.err);
  }

  /** Shows that the first step, which takes longest, is being taken. */
  void begin(int before, int steps);

  @Override
  void close();
}
