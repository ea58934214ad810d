package io.lossmith.app.cli;

import io.lossmith.app.data.Augmentation;
import io.lossmith.app.io.BadInput;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which changes at random to learn from. */
final class AugmentOptions {
  private static final List<String> KINDS = List.of("flips", "rotations", "brightness");

  @Option(
      names = "--augment",
      paramLabel = "LIST",
      defaultValue = "none",
      description =
          "Change each piece at random; one or more of: flips (both ways), rotations (by quarter"
              + " turns), brightness (times 0.8 to 1.2, plus -0.1 to 0.1 where 1 is white); or"
              + " all, or none. Example: flips,rotations. Default: ${DEFAULT-VALUE}.")
  private String kinds = "none";

  /**
   * Returns what was chosen.
   *
   * @throws BadInput if there is no such change
   */
  Augmentation augmentation() {
    String text = kinds.strip();
    if (text.equals("none")) {
      return Augmentation.NONE;
    }
    Set<String> chosen = Set.copyOf(text.equals("all") ? KINDS : parts(text));
    return new Augmentation(
        chosen.contains("flips"), chosen.contains("rotations"), chosen.contains("brightness"));
  }

  private static List<String> parts(String text) {
    List<String> parts = List.of(text.split("\\s*,\\s*", -1));
    for (String part : parts) {
      if (!KINDS.contains(part)) {
        throw new BadInput(
            "train: --augment is \""
                + text
                + "\", must be all, none, or a list of "
                + String.join(", ", KINDS)
                + ".");
      }
    }
    return parts;
  }

  @Override
  public String toString() {
    return kinds;
  }
}
