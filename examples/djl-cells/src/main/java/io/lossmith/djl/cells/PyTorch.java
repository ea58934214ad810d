package io.lossmith.djl.cells;

import ai.djl.engine.Engine;
import io.lossmith.app.io.BadInput;

/** The engine of DJL that can train. */
final class PyTorch {
  private static final String NAME = "PyTorch";

  private PyTorch() {}

  /**
   * Starts it, without a network: what it needs is on the class path.
   *
   * @throws BadInput if it does not start
   */
  static Engine start() {
    System.setProperty("ai.djl.offline", "true");
    try {
      return Engine.getEngine(NAME);
    } catch (RuntimeException | LinkageError e) {
      throw new BadInput(
          "djl: PyTorch does not start, "
              + reason(e)
              + "; api, pytorch-engine, pytorch-jni and pytorch-native-cpu must be on the class path"
              + " in versions that go together, the last for this system, and DJL_CACHE_DIR a"
              + " folder with 500 MB to unpack it to.",
          e);
    }
  }

  /** What lies at the bottom of what went wrong. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
