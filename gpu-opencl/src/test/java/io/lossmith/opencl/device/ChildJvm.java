package io.lossmith.opencl.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a JVM of its own did: drivers and loaders read their environment when a process begins.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error, native code's included
 */
record ChildJvm(int code, String out, String err) {
  private static final long PATIENCE = 120; // seconds; a busy computer is slow

  /**
   * Runs a main class with the class path of this JVM.
   *
   * @param environment variables to set; an empty one is taken away
   */
  static ChildJvm run(Class<?> main, Map<String, String> environment, String... options) {
    try {
      Path out = Files.createTempFile("child", ".out");
      Path err = Files.createTempFile("child", ".err");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--enable-native-access=ALL-UNNAMED"); // newer JVMs would print warnings
      command.addAll(List.of(options));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      builder.environment().values().removeIf(String::isEmpty);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IllegalStateException("did not end: " + command);
      }
      ChildJvm child =
          new ChildJvm(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return child;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
