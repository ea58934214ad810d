package io.lossmith.app.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line of Lossmith. */
@Command(
    name = "lossmith",
    description = "Losses for image segmentation: train with them, compute them, check them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    usageHelpWidth = 100,
    sortOptions = false,
    subcommands = {
      TrainCommand.class,
      PredictCommand.class,
      EvaluateCommand.class,
      LossCommand.class,
      LossesCommand.class,
      ExplainCommand.class,
      VerifyCommand.class,
      DevicesCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "Try: lossmith train",
      "Exit codes: 0 done, 1 a check failed, 2 wrong input, or output that cannot be written."
    })
public final class Lossmith implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs the command line and returns the exit code. */
  public static int run(String... args) {
    try {
      return commandLine().execute(args);
    } catch (Throwable e) { // errors such as running out of memory pass the handlers
      return ErrorLine.print(e);
    }
  }

  /** Returns what reads the command line. */
  public static CommandLine commandLine() {
    ErrorLine errors = new ErrorLine();
    return reading(new CommandLine(new Lossmith()))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** Says how the texts of options become values. */
  static CommandLine reading(CommandLine line) {
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, Lossmith::path);
  }

  private static Path path(String text) {
    if (text.isEmpty()) { // to Java that is the folder it runs in
      throw new TypeConversionException("is empty, must be the name of a file or folder");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "\"" + text + "\" has letters that names of files cannot have here; set LC_ALL=C.UTF-8");
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
