package io.lossmith.app.cli.mistakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lossmith.app.cli.Lossmith;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same mistakes at every way into the command line, with what is said of each: tables in {@code
 * src/test/resources/mistakes}. Ways in are found in the command line's own model, so a new option
 * or command fails until its rows are there. With {@code -Dlossmith.mistakes=accept} the rows are
 * written as they come out, to be read and judged by whoever adds them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class MistakesTests {
  private static final boolean ACCEPT = "accept".equals(System.getProperty("lossmith.mistakes"));
  private static final String COMMAND =
      "mvn test -pl examples/app -am -Dtest=MistakesTests -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dlossmith.mistakes=accept";

  private Ground ground;

  @BeforeAll
  void makeFiles(@TempDir Path folder, @TempDir Path locked) throws IOException {
    ground = Ground.in(folder, locked);
    if (ACCEPT) {
      for (Map.Entry<String, List<String>> one : needed().entrySet()) {
        Table.of(one.getKey()).accept(one.getValue(), ground::outcome);
      }
    }
  }

  @AfterAll
  void unlockFiles() throws IOException {
    ground.close();
  }

  @Test
  void itIsKnownWhatEachTextIs() {
    assertThat(Entrance.all().stream().filter(one -> one.kind() == null))
        .as(
            "new options whose text may be anything: say in Entrance.KINDS which Kind each is, that"
                + " is, what people write there by mistake")
        .isEmpty();
  }

  @Test
  void everyWayInHasItsRows() {
    List<String> missing = new ArrayList<>();
    needed()
        .forEach(
            (command, mistakes) -> {
              Table table = Table.of(command);
              mistakes.stream()
                  .filter(one -> !table.has(one))
                  .forEach(one -> missing.add(command + " " + one));
            });
    assertThat(missing)
        .as(
            "mistakes of which nobody has said what comes of them. Let %s write what comes out into"
                + " src/test/resources/mistakes, and read each line: does it say who, what is, what"
                + " must be, what to do?",
            COMMAND)
        .isEmpty();
  }

  /** What is wrong is one line for users; what is done is listed here to be seen. */
  @ParameterizedTest
  @MethodSource("rows")
  void everyMessageReadsWell(Row row) {
    boolean works = row.outcome().startsWith(Row.DONE) || !row.isRun();
    assertThat(works || row.outcome().equals("failed") || Row.reads(row.outcome()))
        .as(row.outcome())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isWhatTheTableSays(Row row) {
    assumeTrue(row.isRun(), row.outcome());
    assumeTrue(!row.arguments().contains("/dev/") || Files.exists(Path.of("/dev/full")));
    assumeTrue(ground.has(row), "nothing is refused to root here, where setpriv is missing");
    String is = ground.outcome(row);
    assertThat(row.is(is)).as("%s%n  is:   %s%n  must: %s", row, is, row.outcome()).isTrue();
  }

  static Stream<Row> rows() {
    return Lossmith.commandLine().getSubcommands().keySet().stream()
        .flatMap(command -> Table.of(command).rows().stream());
  }

  private static Map<String, List<String>> needed() {
    Map<String, List<String>> needed = new LinkedHashMap<>();
    for (Entrance entrance : Entrance.all()) {
      if (entrance.kind() != null) {
        needed
            .computeIfAbsent(entrance.command(), command -> new ArrayList<>())
            .addAll(entrance.mistakes());
      }
    }
    return needed;
  }
}
