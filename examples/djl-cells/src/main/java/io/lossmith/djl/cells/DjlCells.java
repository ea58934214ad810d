package io.lossmith.djl.cells;

import io.lossmith.app.cli.ErrorLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Trains with DJL, and measures what a step of it takes. */
@Command(
    name = "run",
    description = "Losses of Lossmith in a training loop of Deep Java Library (DJL).",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    usageHelpWidth = 100,
    sortOptions = false,
    subcommands = {TrainWithDjl.class, CompareSteps.class})
public final class DjlCells implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs one command and ends the program with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true"); // pictures are only written to files
    System.exit(run(args));
  }

  /** Runs one command and returns its exit code. */
  static int run(String... args) {
    try {
      return commandLine().execute(args);
    } catch (Throwable e) { // errors such as running out of memory pass the handlers
      return ErrorLine.print(e);
    }
  }

  /** Returns what reads the command line. */
  public static CommandLine commandLine() {
    ErrorLine errors = new ErrorLine();
    return new CommandLine(new DjlCells())
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
