package io.lossmith.app.cli;

import io.lossmith.app.loss.OptionValue;
import io.lossmith.losses.Loss;
import io.lossmith.losses.Losses;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which loss, with which options. */
final class LossOptions {
  @Parameters(paramLabel = "NAME", description = "The loss, for example dice.")
  private String name;

  @Option(
      names = "--set",
      paramLabel = "OPTION=VALUE",
      description = "Set an option of the loss; the value is JSON. Repeatable.")
  private List<String> settings = new ArrayList<>();

  /** Returns the loss's id. */
  String name() {
    return name;
  }

  /** Returns the loss that was described. */
  Loss loss() {
    return Losses.byName(name, OptionValue.parseAll(name, settings));
  }
}
