package io.lossmith.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "lossmith",
    description = "Losses for image segmentation, written as formulas.",
    mixinStandardHelpOptions = true,
    version = "lossmith 0.1.0-SNAPSHOT",
    subcommands = LossesCommand.class)
public final class Main {
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] arguments) {
    StandardError.restore();
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
