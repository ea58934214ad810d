package io.lossmith.app.loss;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Shortened;
import io.lossmith.losses.Loss;
import io.lossmith.losses.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One loss of a sum, as the command line writes it: {@code NAME[:WEIGHT][,option=value…]}. Values
 * are JSON; commas inside brackets or quotes do not split.
 *
 * @param name the loss's id in the catalogue
 * @param weight what it is multiplied by
 * @param options what it is made with
 */
public record LossSpec(String name, double weight, Map<String, Object> options) {
  /**
   * Reads a loss.
   *
   * @throws BadInput if the text is not of that form
   */
  public static LossSpec parse(String text) {
    List<String> parts = split(text);
    String[] head = parts.get(0).strip().split(":", 2);
    if (head[0].isBlank()) {
      throw new BadInput("--loss: \"" + text + "\" must begin with the name of a loss.");
    }
    double weight = head.length == 1 ? 1 : weight(head[0], head[1]);
    return new LossSpec(
        head[0], weight, OptionValue.parseAll(head[0], parts.subList(1, parts.size())));
  }

  private static double weight(String name, String text) {
    try {
      double weight = Double.parseDouble(text);
      if ((float) weight > 0 && Float.isFinite((float) weight)) { // less or 0 would unlearn
        return weight;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same message.
    }
    throw new BadInput(
        name
            + ": weight is \""
            + Shortened.of(text)
            + "\", must be a number above 0, as in dice:0.5.");
  }

  /** Splits at commas outside of brackets and quotes. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted && (c == '[' || c == '{')) {
        depth++;
      } else if (!quoted && (c == ']' || c == '}')) {
        depth--;
      } else if (!quoted && depth == 0 && c == ',') {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  /**
   * Makes the loss, weighted.
   *
   * @throws IllegalArgumentException if there is no such loss or option; the nearest is named
   */
  public Loss build() {
    Loss loss = Losses.byName(name, options);
    return weight == 1 ? loss : loss.times(weight);
  }

  /** Returns what a legend calls it. */
  public String label() {
    return weight == 1 ? name : (weight + " · " + name).replace(".0 ·", " ·");
  }
}
