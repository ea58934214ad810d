package io.lossmith.spark;

import io.lossmith.app.cli.ErrorLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Trains on executors of Apache Spark. */
@Command(
    name = "run",
    description = "Trainings of Lossmith by several workers, which Apache Spark runs.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    usageHelpWidth = 100,
    sortOptions = false,
    subcommands = TrainOnSpark.class)
public final class LossmithSpark implements Runnable {
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
    return new CommandLine(new LossmithSpark())
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
