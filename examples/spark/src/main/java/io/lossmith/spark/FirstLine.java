package io.lossmith.spark;

import org.jspecify.annotations.Nullable;

/** What of Spark's messages, which hold whole stack traces, a user is told. */
final class FirstLine {
  private static final int MOST = 300;

  private FirstLine() {}

  /** Returns the first line of what went wrong, less the names of packages. */
  static String of(@Nullable Throwable failure) {
    return failure == null ? "no reason is known" : of(String.valueOf(failure.getMessage()));
  }

  /** Returns the first line of a message, less the names of packages. */
  static String of(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    String bare = line.replaceAll("\\b(?:[a-z]+\\.)+([A-Z]\\w*)", "$1");
    return bare.length() > MOST ? bare.substring(0, MOST) + " …" : bare;
  }
}
