package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.Spelling;
import io.lossmith.core.engine.EngineException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one line on standard error and exit code 2. */
public final class ErrorLine implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final int CODE = 2;
  private static final int MOST = 1000;

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    return print(e.getCommandLine().getErr(), parsing(e) + " See " + name + " --help.");
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return print(command.getErr(), words(e));
  }

  /** Prints what ended the program beyond any handler. */
  public static int print(Throwable failure) {
    return print(new PrintWriter(System.err, true), words(failure));
  }

  private static int print(PrintWriter err, String text) {
    String line = text.replaceAll("\\s*\\R\\s*", " ").strip();
    if (line.length() > MOST) { // of a value that was pasted: what must be stands at the end
      line = line.substring(0, MOST / 2) + " … " + line.substring(line.length() - MOST / 2);
    }
    err.println("lossmith: " + line);
    err.flush();
    return CODE;
  }

  /** Returns in words what cannot be read of a command line. */
  static String parsing(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      String first = unmatched.getUnmatched().get(0);
      boolean command = e.getCommandLine().getParent() == null;
      return (first.startsWith("-")
              ? "there is no option "
              : command ? "there is no command " : "one argument too many: ")
          + first
          + (near.isEmpty() ? "." : "; did you mean " + nearest(near, first) + "?");
    }
    ArgSpec arg = e.getArgSpec();
    if (arg == null || e.getValue() == null) {
      return e.getMessage() + ".";
    }
    String must = must(arg, e.getValue());
    if (must.isEmpty() && e.getCause() instanceof TypeConversionException ours) {
      return name(arg) + ": " + ours.getMessage() + ".";
    }
    return must.isEmpty()
        ? e.getMessage().replaceFirst("^Invalid value for ", "") + "."
        : name(arg) + " is \"" + e.getValue() + "\", must be " + must + ".";
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.names()[0] : arg.paramLabel();
  }

  /** Says it in words of users, not of Java; nothing where the type has words of its own. */
  private static String must(ArgSpec arg, String given) {
    Class<?> type = arg.auxiliaryTypes()[0];
    if (type == int.class || type == Integer.class || type == long.class) {
      boolean large = given.matches("-?\\d+");
      return "a whole number" + (large ? " of fewer digits" : "");
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false, or be left away";
    }
    if (!type.isEnum()) {
      return "";
    }
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(word -> word.toString().toLowerCase(Locale.ROOT))
            .toList();
    return "one of "
        + String.join(", ", words)
        + Spelling.nearest(given, words)
            .filter(word -> Spelling.isLike(given, word))
            .map(word -> "; did you mean " + word + "?")
            .orElse("");
  }

  /** Of words that look alike the one that begins like what was written. */
  private static String nearest(List<String> near, String written) {
    String nearest = near.get(0);
    for (String word : near) {
      if (Arrays.mismatch(word.toCharArray(), written.toCharArray())
          > Arrays.mismatch(nearest.toCharArray(), written.toCharArray())) {
        nearest = word;
      }
    }
    return nearest;
  }

  /** Returns in words what went wrong. */
  static String words(Throwable e) {
    if (System.getenv("LOSSMITH_TRACE") != null) {
      e.printStackTrace();
    }
    if (e instanceof OutOfMemoryError) {
      return "the memory of "
          + Runtime.getRuntime().maxMemory() / (1 << 20)
          + " MB is too little; use smaller arrays, --batch or --crop, or LOSSMITH_JAVA_OPTS=-Xmx8g.";
    }
    boolean ours =
        e instanceof BadInput
            || e instanceof IllegalArgumentException
            || e instanceof ArithmeticException
            || e instanceof EngineException;
    if (ours && e.getMessage() != null) {
      return e.getMessage();
    }
    StackTraceElement[] trace = e.getStackTrace();
    return "internal error: "
        + e
        + (trace.length == 0 ? "" : " at " + trace[0])
        + "; LOSSMITH_TRACE=1 prints the whole trace.";
  }
}
