package io.lossmith.core;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What lists and arrays that are handed in must hold: no null, which is named with its index. */
public final class Elements {
  private Elements() {}

  /**
   * Returns a list that nobody can change, of the same elements.
   *
   * @param name what the caller knows the list as
   * @throws NullPointerException if it or an element is null
   */
  public static <T> List<T> copyOf(List<? extends T> elements, String name) {
    requireNone(elements, name);
    return List.copyOf(elements);
  }

  /**
   * Returns a set that nobody can change, of the same elements.
   *
   * @param name what the caller knows the set as
   * @throws NullPointerException if it or an element is null
   */
  public static <T> Set<T> copyOf(Set<? extends T> elements, String name) {
    requireNone(elements, name);
    return Set.copyOf(elements);
  }

  /**
   * Returns the array.
   *
   * @param name what the caller knows it as
   * @throws NullPointerException if it or an element is null
   */
  public static <T> T[] require(T[] elements, String name) {
    Objects.requireNonNull(elements, name);
    Objects.requireNonNull(name, "name");
    for (int i = 0; i < elements.length; i++) {
      if (elements[i] == null) {
        throw isNull(name, i);
      }
    }
    return elements;
  }

  /**
   * Refuses null; the elements may stay where they are.
   *
   * @param name what the caller knows them as
   * @throws NullPointerException if they or one of them is null
   */
  public static void requireNone(Iterable<?> elements, String name) {
    Objects.requireNonNull(elements, name);
    Objects.requireNonNull(name, "name");
    int i = 0;
    for (Object element : elements) {
      if (element == null) {
        throw isNull(name, i);
      }
      i++;
    }
  }

  private static NullPointerException isNull(String name, int index) {
    return new NullPointerException(name + "[" + index + "] is null");
  }
}
