package io.lossmith.app.io;

/** What messages show of what was given, which may be a whole file that was pasted. */
public final class Shortened {
  private static final int MOST = 40;

  private Shortened() {}

  /** Returns the text, or its beginning. */
  public static String of(String text) {
    return text.length() > MOST ? text.substring(0, MOST) + "…" : text;
  }
}
