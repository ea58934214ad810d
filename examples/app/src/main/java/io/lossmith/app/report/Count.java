package io.lossmith.app.report;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows how many of some things are done: a bar on a terminal, else plain lines now and then. */
public final class Count implements AutoCloseable {
  private final int all;
  private final String things;
  private final PrintStream out;
  private final @Nullable ProgressBar bar;
  private final long started = System.nanoTime();
  private boolean closed;
  private volatile int done;

  /** Starts at none of {@code all} things. */
  public Count(Terminal terminal, PrintStream out, String things, int all) {
    this.all = all;
    this.things = things;
    this.out = out;
    this.bar = terminal.isInteractive() ? Bars.open(terminal, out, things, 0, all) : null;
  }

  /** One more is done. */
  public synchronized void next() {
    done = done + 1; // only the working thread writes
    if (closed) {
      return; // the last one may end after the user did
    }
    if (bar != null) {
      bar.stepTo(done);
    } else if (done % Math.max(1, all / 20) == 0 || done == all) {
      double left = (System.nanoTime() - started) / 1e9 / done * (all - done);
      out.printf("%s %d of %d  %s left%n", things, done, all, ProgressText.time(left));
    }
  }

  /** Returns how many are done. */
  public int done() {
    return done;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (bar != null) {
      bar.close();
    }
  }
}
