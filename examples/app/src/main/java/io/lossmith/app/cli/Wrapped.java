package io.lossmith.app.cli;

import java.io.PrintWriter;

/** Prints text with a left margin, broken between words. */
final class Wrapped {
  private Wrapped() {}

  static void print(PrintWriter out, String text, int margin, int width) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && margin + line.length() + 1 + word.length() > width) {
        out.println(" ".repeat(margin) + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    out.println(" ".repeat(margin) + line);
  }
}
