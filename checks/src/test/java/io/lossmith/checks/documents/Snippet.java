package io.lossmith.checks.documents;

import java.util.List;

/**
 * A piece of code in a document.
 *
 * @param language what the fence says: {@code java}, {@code kotlin}, {@code sh}, …; empty where it
 *     says nothing
 * @param given declarations in the language that readers need not see, from a comment before it
 * @param line the line that opens it, from 1
 * @param lines the code
 */
record Snippet(String language, String given, int line, List<String> lines) {
  /** Returns whether these are methods; else they are statements. */
  boolean isMembers() {
    return lines.stream().anyMatch(line -> line.matches("(public |private )?static .*"));
  }
}
