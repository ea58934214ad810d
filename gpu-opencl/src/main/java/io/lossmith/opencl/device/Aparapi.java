package io.lossmith.opencl.device;

import com.aparapi.Config;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.internal.kernel.KernelRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps Aparapi quiet, and its warnings for whoever asks what went wrong. Its log goes to us and no
 * further, unless its logger {@code com.aparapi} has been given a level.
 */
public final class Aparapi {
  private static final int KEPT = 20;

  /** How it warns of what newer class files have and it needs not, in each class it parses. */
  private static final String HARMLESS = "Found unexpected Attribute";

  /** How the warning begins after which there is a stack trace. */
  private static final String FAILED = "Device failed for ";

  /** Held, or the logger and what is set on it could be collected. */
  private static final Logger LOGGER = Logger.getLogger("com.aparapi");

  private static final List<String> WARNINGS = new ArrayList<>();

  /** The one of its loggers that kernels use, which has a level of its own. */
  private static final Logger KERNELS = Logger.getLogger(Config.getLoggerName());

  private static final Level LEVEL = KERNELS.getLevel();

  /** Where its log goes is ours to say: nobody has set a level. */
  private static final boolean OURS = LOGGER.getLevel() == null;

  static {
    LOGGER.addHandler(new Listener());
    if (OURS) {
      LOGGER.setLevel(Level.WARNING);
      LOGGER.setUseParentHandlers(false);
    }
    // Keeping binaries makes drivers compile each kernel a second time.
    KernelRunner.BINARY_CACHING_DISABLED = true;
  }

  private Aparapi() {}

  /** Makes sure that Aparapi is quiet from here on. */
  public static void prepare() {
    forgetWarnings();
  }

  static void forgetWarnings() {
    synchronized (WARNINGS) {
      WARNINGS.clear();
      mute(false);
    }
  }

  /** Returns what Aparapi warned of since it was forgotten, in one line, and forgets it. */
  private static String takeWarnings() {
    synchronized (WARNINGS) {
      String warnings = String.join("; ", WARNINGS);
      forgetWarnings();
      return warnings;
    }
  }

  /** Returns what went wrong, in one line. */
  public static String reason(Throwable cause) {
    String warnings = takeWarnings();
    if (!warnings.isEmpty()) {
      return warnings;
    }
    return cause instanceof CompileFailedException && cause.getMessage() != null
        ? cause.getMessage()
        : cause.toString();
  }

  /**
   * Where a device fails, Aparapi warns and then prints the stack trace to standard error, unless
   * its logger takes no warnings by then.
   */
  private static void mute(boolean isMute) {
    if (OURS) {
      KERNELS.setLevel(isMute ? Level.SEVERE : LEVEL);
    }
  }

  private static final class Listener extends Handler {
    @Override
    public void publish(LogRecord event) {
      String message = String.valueOf(event.getMessage()).strip();
      if (event.getLevel().intValue() < Level.WARNING.intValue() || message.startsWith(HARMLESS)) {
        return;
      }
      synchronized (WARNINGS) {
        if (WARNINGS.size() < KEPT) {
          WARNINGS.add(message);
        }
        mute(message.startsWith(FAILED));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
