package io.lossmith.app.cli;

import io.lossmith.app.loss.LossSpec;
import io.lossmith.app.train.Collapse;
import io.lossmith.app.train.History;
import io.lossmith.losses.Losses;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Says what to do where training ended with one class for everything. */
final class CollapseWarning {
  private CollapseWarning() {}

  /** Returns the warning, or null where there is nothing to warn of. */
  static @Nullable String of(
      List<History.Validation> validations, List<LossSpec> specs, int classes) {
    OptionalInt only = Collapse.of(validations);
    if (only.isEmpty()) {
      return null;
    }
    String answer =
        classes > 1
            ? "class " + only.getAsInt()
            : only.getAsInt() == 1 ? "foreground" : "background";
    boolean asksPixels = specs.stream().map(LossSpec::build).anyMatch(Losses::asksEachPixel);
    return "every pixel of the validation pictures is predicted as "
        + answer
        + "; "
        + (asksPixels
            ? "give more --steps, or another --learning-rate."
            : "losses of regions alone can end there: add --loss "
                + (classes > 1 ? "cross-entropy." : "bce-with-logits."));
  }
}
