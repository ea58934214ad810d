package io.lossmith.app.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the launcher did, started as a user does.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Launched(int code, String out, String err) {
  private static final long PATIENCE = 120; // seconds; a busy computer is slow

  /** Runs the launcher in a folder and waits for its end. */
  static Launched in(Path folder, String... args) {
    return in(folder, Map.of(), args);
  }

  /** Runs the launcher in a folder, with more environment variables, and waits for its end. */
  static Launched in(Path folder, Map<String, String> environment, String... args) {
    return by(command(args), folder, environment);
  }

  /** Runs a command in a folder, with more environment variables, and waits for its end. */
  static Launched by(List<String> command, Path folder, Map<String, String> environment) {
    try {
      Path out = Files.createTempFile("lossmith", ".out");
      Path err = Files.createTempFile("lossmith", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IllegalStateException("did not end: " + command);
      }
      Launched launched =
          new Launched(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return launched;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the launcher with arguments. */
  static List<String> command(String... args) {
    List<String> command = new ArrayList<>();
    command.add(new File(System.getProperty("lossmith.launcher")).getAbsolutePath());
    command.addAll(List.of(args));
    return command;
  }
}
