package io.lossmith.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class TrainOnSparkTests {
  private static final String[] SMALL = {"--steps=6", "--batch=5", "--crop=16"};

  @TempDir private Path folder;

  private record Said(int code, String out, String err) {}

  private static Said run(Path out, String... options) {
    List<String> arguments = new ArrayList<>(List.of("train", "--out", out.toString()));
    arguments.addAll(List.of(options));
    StringWriter said = new StringWriter();
    StringWriter wrong = new StringWriter();
    CommandLine line = LossmithSpark.commandLine();
    line.setOut(new PrintWriter(said)).setErr(new PrintWriter(wrong));
    int code = line.execute(arguments.toArray(String[]::new));
    return new Said(code, said.toString(), wrong.toString());
  }

  private Said train(String name, String... options) {
    List<String> all = new ArrayList<>(List.of(SMALL));
    all.addAll(List.of(options));
    return run(folder.resolve(name), all.toArray(String[]::new));
  }

  private void refuses(String words, String... options) {
    Said said = train("none", options);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).startsWith("lossmith: ").contains(words).hasLineCount(1);
    assertThat(said.out()).isEmpty();
    assertThat(folder.resolve("none/model.npz")).doesNotExist();
  }

  @Test
  void howManyWorkersThereAreChangesNoCurve() throws IOException {
    for (int workers = 1; workers <= 3; workers++) {
      Said said = train("by" + workers, "--workers=" + workers);
      assertThat(said.code()).as("%s", said).isZero();
      assertThat(said.out()).contains("trained 6 steps").contains("written to");
    }
    assertThat(folder.resolve("by1/steps.csv")).content().hasLineCount(7);
    for (int workers = 2; workers <= 3; workers++) {
      for (String same : List.of("steps.csv", "model.npz")) {
        assertThat(folder.resolve("by" + workers).resolve(same))
            .hasSameBinaryContentAs(folder.resolve("by1").resolve(same));
      }
    }
    assertThat(folder.resolve("by2")).isDirectoryNotContaining("glob:**.lossmith*");
    resumesWithItsOwnOptionsOnly();
  }

  private void resumesWithItsOwnOptionsOnly() {
    Said other = run(folder.resolve("by2"), "--resume", "--batch=4");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("--batch is 4, the training in")
        .contains("began with 5")
        .hasLineCount(1);
    Said more = run(folder.resolve("by2"), "--resume", "--steps=7");
    assertThat(more.out()).contains("resumed after step 6");
  }

  @Test
  void tooFewSlotsAreToldBeforeTheStart() {
    refuses("2 workers need 2 slots of 1 core, local[1] has 1", "--spark=local[1]");
  }

  @Test
  void aMasterThatIsNotThereIsToldInTime() {
    refuses(
        "the Spark master spark://127.0.0.1:1 was not reached within 1 s",
        "--spark=spark://127.0.0.1:1",
        "--patience=1");
  }

  @Test
  void whatIsNoMasterIsTold() {
    refuses("must be like spark://host:7077", "--spark=spark://here");
    refuses("--spark is \"cloud\", must be like spark://host:7077", "--spark=cloud");
  }

  @Test
  void tooLittleMemoryIsToldWithWhatIsNeeded() {
    refuses("a worker needs", "--executor-memory=10m");
    refuses("must be like 1500m or 2g", "--executor-memory=much");
  }

  @Test
  void optionsOfATrainingAreLookedAtBeforeSparkIsAsked() {
    refuses("there is no option --stpes", "--stpes=4", "--spark=spark://127.0.0.1:1");
    refuses("--rank", "--rank=1");
    refuses("--workers is 0, must be 1 or more", "--workers=0");
  }
}
