package io.lossmith.app.cli.mistakes;

import io.lossmith.app.io.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line in a program of its own to which files can be refused: root may read and write
 * all of them, so there the program is started without this right. It answers one line with
 * another.
 */
final class Unprivileged implements Commands, AutoCloseable {
  private static final List<String> WITHOUT_ROOTS_RIGHTS =
      List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

  private final Process process;
  private final PrintWriter words;
  private final BufferedReader answers;

  private Unprivileged(Process process) {
    this.process = process;
    this.words = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @param locked a file that nobody may read
   * @return null where it can be read all the same
   */
  static @Nullable Unprivileged start(Path locked) throws IOException {
    List<String> command =
        new ArrayList<>(Files.isReadable(locked) ? WITHOUT_ROOTS_RIGHTS : List.of());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Unprivileged.class.getName(), locked.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Unprivileged started = new Unprivileged(builder.start());
      if ("refused".equals(started.answers.readLine())) {
        return started;
      }
      started.close();
    } catch (IOException e) {
      // There is no such program here.
    }
    return null;
  }

  @Override
  public Ran run(String... given) {
    words.println(Json.write(List.of(given)));
    try {
      Map<?, ?> ran = (Map<?, ?>) Json.read(answers.readLine());
      return new Ran(
          (Integer) ran.get("code"),
          String.valueOf(ran.get("out")),
          String.valueOf(ran.get("err")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The other program: says whether it is refused a file, and then runs what it is told. */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    answers.println(Files.isReadable(Path.of(args[0])) ? "taken" : "refused");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Stream<?> words = ((List<?>) Json.read(line)).stream();
      Ran ran = HERE.run(words.map(String::valueOf).toArray(String[]::new));
      String answer = Json.write(Map.of("code", ran.code(), "out", ran.out(), "err", ran.err()));
      answers.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
      answers.flush();
    }
  }
}
