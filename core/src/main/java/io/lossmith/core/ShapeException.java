package io.lossmith.core;

import java.io.Serial;

/** The only exception for shapes that do not go together; its message prints the shapes. */
public final class ShapeException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates an exception with one line that names the culprit, what it is and what it must be. */
  public ShapeException(String message) {
    super(message);
  }
}
