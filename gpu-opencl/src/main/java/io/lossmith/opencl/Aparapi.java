package io.lossmith.opencl;

import com.aparapi.internal.kernel.KernelRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Aparapi as the rest of this package wants it: quiet, but telling what went wrong when asked. Its
 * log goes to us and no further, unless its logger {@code com.aparapi} has been given a level.
 */
final class Aparapi {
  private static final int KEPT = 20;

  /** Held, or the logger and what is set on it could be collected. */
  private static final Logger LOGGER = Logger.getLogger("com.aparapi");

  private static final List<String> WARNINGS = new ArrayList<>();

  static {
    LOGGER.addHandler(new Listener());
    if (LOGGER.getLevel() == null) {
      LOGGER.setLevel(Level.WARNING);
      LOGGER.setUseParentHandlers(false);
    }
    // Keeping binaries makes drivers compile each kernel a second time.
    KernelRunner.BINARY_CACHING_DISABLED = true;
  }

  private Aparapi() {}

  /** Makes sure that Aparapi is quiet from here on. */
  static void prepare() {
    forgetWarnings();
  }

  static void forgetWarnings() {
    synchronized (WARNINGS) {
      WARNINGS.clear();
    }
  }

  /** Returns what Aparapi warned of since it was forgotten, in one line. */
  static String warnings() {
    synchronized (WARNINGS) {
      return String.join("; ", WARNINGS);
    }
  }

  private static final class Listener extends Handler {
    @Override
    public void publish(LogRecord event) {
      if (event.getLevel().intValue() < Level.WARNING.intValue()) {
        return;
      }
      synchronized (WARNINGS) {
        if (WARNINGS.size() < KEPT) {
          WARNINGS.add(String.valueOf(event.getMessage()).strip());
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
