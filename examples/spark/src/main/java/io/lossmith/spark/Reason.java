package io.lossmith.spark;

import org.jspecify.annotations.Nullable;

/** What of Spark's messages, which hold whole stack traces, a user is told. */
final class Reason {
  private static final int MOST = 300;

  private Reason() {}

  /** Returns the first line of what went wrong, less the names of classes. */
  static String of(@Nullable Throwable failure) {
    if (failure == null) {
      return "no reason is known";
    }
    String text = String.valueOf(failure.getMessage()).strip();
    String line = text.lines().findFirst().orElse(failure.getClass().getSimpleName());
    String bare = line.replaceAll("\\b(?:[a-z]+\\.)+([A-Z]\\w*)", "$1");
    return bare.length() > MOST ? bare.substring(0, MOST) + " …" : bare;
  }
}
