package io.lossmith.core.engine;

import java.io.Serial;

/** An engine, or the hardware under it, cannot do what is asked; the message says what to do. */
public class EngineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates an exception with a message of one line. */
  public EngineException(String message) {
    super(message);
  }

  /** Creates an exception with a message of one line and its cause. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
