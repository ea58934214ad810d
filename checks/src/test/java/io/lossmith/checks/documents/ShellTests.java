package io.lossmith.checks.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.cli.Lossmith;
import io.lossmith.checks.Repository;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Commands that pages and the command line's own help tell to type. */
class ShellTests {
  private static final Set<String> OTHERS = Set.of("ocloc", "strings", "grep");

  /** What neither writes files nor takes long. */
  private static final Set<String> CHEAP = Set.of("losses", "explain", "devices", "--help");

  static List<ShellCommand> commands() {
    return ShellCommand.all();
  }

  static Stream<ShellCommand> helpOfTheCommandLine() {
    return Lossmith.commandLine().getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .flatMap(
            spec ->
                Arrays.stream(spec.usageMessage().footer())
                    .filter(line -> line.contains(" lossmith "))
                    .map(line -> "./" + line.substring(line.indexOf("lossmith ")))
                    .flatMap(line -> ShellCommand.of(spec.name() + " --help", true, line)));
  }

  @ParameterizedTest
  @MethodSource({"commands", "helpOfTheCommandLine"})
  void exists(ShellCommand command) {
    switch (command.program()) {
      case "./lossmith" -> requireParsed(command);
      case "mvn" -> requireMaven(command);
      case "python" -> requireOptions(command);
      case "java" -> requireClass(command);
      default ->
          assertThat(
                  OTHERS.contains(command.program())
                      || Files.isExecutable(Repository.ROOT.resolve(command.program())))
              .as("there is such a program")
              .isTrue();
    }
    command.arguments().forEach(ShellTests::requireFile);
  }

  @ParameterizedTest
  @MethodSource({"commands", "helpOfTheCommandLine"})
  void runsWhereThatIsCheap(ShellCommand command) {
    List<String> arguments = command.arguments();
    if (command.isWhole()
        && command.program().equals("./lossmith")
        && CHEAP.contains(arguments.get(0))
        && !arguments.contains("opencl")) {
      StringWriter said = new StringWriter();
      PrintWriter out = new PrintWriter(said);
      CommandLine line = Lossmith.commandLine().setOut(out).setErr(out);
      assertThat(line.execute(arguments.toArray(String[]::new))).as("%s", said).isZero();
      assertThat(said.toString()).isNotBlank();
    }
  }

  @Test
  void anOptionThatDoesNotExistIsFound() {
    ShellCommand wrong =
        ShellCommand.of("here", true, "A=1 ./lossmith bench --secs 2").toList().get(0);
    assertThat(wrong.words()).containsExactly("./lossmith", "bench", "--secs", "2");
    assertThatThrownBy(() -> exists(wrong))
        .isInstanceOf(UnmatchedArgumentException.class)
        .hasMessageContaining("--secs");
  }

  private static void requireParsed(ShellCommand command) {
    try {
      Lossmith.commandLine().parseArgs(command.arguments().toArray(String[]::new));
    } catch (MissingParameterException e) {
      if (command.isWhole()) {
        throw e;
      }
    }
  }

  private static void requireMaven(ShellCommand command) {
    String pom = Repository.text(Repository.ROOT.resolve("pom.xml"));
    List<String> arguments = command.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("-pl")) {
        assertThat(arguments.get(i + 1).split(","))
            .allSatisfy(
                module -> assertThat(Repository.ROOT.resolve(module).resolve("pom.xml")).exists());
      } else if (argument.startsWith("-P")) {
        assertThat(argument.substring(2).split(","))
            .allSatisfy(profile -> assertThat(pom).contains("<id>" + profile + "</id>"));
      } else if (argument.contains("@")) {
        assertThat(pom).contains("<id>" + argument.split("@")[1] + "</id>");
      } else if (argument.startsWith("-Dtest=")) {
        assertThat(argument.substring("-Dtest=".length()).split(","))
            .filteredOn(test -> !test.contains("*"))
            .allSatisfy(test -> assertThat(sources(test + "\\.java")).as(test).isNotEmpty());
      }
    }
  }

  /** Each option stands in the script. */
  private static void requireOptions(ShellCommand command) {
    Path script = Repository.ROOT.resolve(command.arguments().get(0));
    command.arguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(option -> assertThat(Repository.text(script)).contains("\"" + option + "\""));
  }

  private static void requireClass(ShellCommand command) {
    command.arguments().stream()
        .filter(argument -> argument.startsWith("io.lossmith."))
        .map(type -> type.substring(type.lastIndexOf('.') + 1))
        .forEach(type -> assertThat(sources(type + "\\.java")).as(type).isNotEmpty());
  }

  private static List<String> sources(String name) {
    return Repository.files(Pattern.compile(name)).map(Repository::name).toList();
  }

  /** What begins with one of our folders and was not built is there. */
  private static void requireFile(String argument) {
    boolean isOurs =
        argument.indexOf('/') > 0
            && !argument.contains("/target/")
            && Files.isDirectory(Repository.ROOT.resolve(argument.split("/")[0]));
    if (isOurs) {
      assertThat(Repository.ROOT.resolve(argument)).exists();
    }
  }
}
