package io.lossmith.app.loss;

import io.lossmith.app.io.BadInput;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Labels of pixels that losses leave out: one for all losses, whatever numbers files have. */
public final class IgnoredPixels {
  private static final String OPTION = "ignoreIndex";

  private IgnoredPixels() {}

  /** Returns the labels that options of losses name, losses within losses included. */
  public static Set<Integer> named(List<LossSpec> specs) {
    Set<Integer> named = new HashSet<>();
    specs.forEach(spec -> collect(spec.options(), named));
    return named;
  }

  private static void collect(Object value, Set<Integer> named) {
    if (value instanceof Map<?, ?> map) {
      if (map.get(OPTION) instanceof Integer label) {
        named.add(label);
      }
      map.values().forEach(inner -> collect(inner, named));
    } else if (value instanceof Collection<?> list) {
      list.forEach(inner -> collect(inner, named));
    }
  }

  /**
   * Returns losses that all leave out pixels of a label.
   *
   * @throws BadInput if one cannot
   */
  public static List<LossSpec> leaveOut(List<LossSpec> specs, int label) {
    return specs.stream().map(spec -> leaveOut(spec, label)).toList();
  }

  private static LossSpec leaveOut(LossSpec spec, int label) {
    LossSpec with = MissingOption.set(spec, OPTION, label);
    if (!named(List.of(with)).contains(label)) {
      throw new BadInput(
          "train: "
              + spec.name()
              + " takes no "
              + OPTION
              + ", so it cannot leave out unknown pixels; give another --loss, or no --ignore.");
    }
    return with;
  }
}
