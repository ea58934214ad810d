package io.lossmith.app.io;

/**
 * What the user gave cannot be used. The message is one line that says what is, what must be, and
 * what to do; the program prints it and ends with exit code 2.
 */
public final class BadInput extends RuntimeException {
  /** Makes the error with its one line. */
  public BadInput(String message) {
    super(message);
  }

  /** Makes the error with its one line and what led to it. */
  public BadInput(String message, Throwable cause) {
    super(message, cause);
  }
}
