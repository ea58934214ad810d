package io.lossmith.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** Which name was meant, for messages: the one that takes the fewest letters to make. */
public final class Spelling {
  private Spelling() {}

  /** Returns the name that is spelled most like the given one; empty if there is none. */
  public static Optional<String> nearest(String given, Collection<String> names) {
    Objects.requireNonNull(given, "given");
    Elements.requireNone(names, "names");
    return names.stream().min(Comparator.comparingInt(name -> distance(given, name)));
  }

  /** Returns whether no more than a third of a name's letters, or one, differ. */
  public static boolean isLike(String given, String name) {
    Objects.requireNonNull(given, "given");
    Objects.requireNonNull(name, "name");
    return distance(given, name) <= Math.max(1, name.length() / 3);
  }

  /** Counts the letters to insert, drop or replace (Levenshtein); capitals are no difference. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
