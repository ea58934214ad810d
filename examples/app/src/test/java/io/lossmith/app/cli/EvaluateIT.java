package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Drawn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparing masks from the command line. */
class EvaluateIT {
  @TempDir private Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectory(folder.resolve("p"));
    Files.createDirectory(folder.resolve("t"));
  }

  @Test
  void eachPictureAndClassHasItsLineAndItsRow() throws IOException {
    pair("a", 3, new int[] {0, 1, 2, 1, 1, 0}, new int[] {0, 1, 2, 2, 1, 255});
    pair("b, \"c\"", 2, new int[] {0, 1}, new int[] {0, 0});
    Launched done = evaluate("--classes", "3", "--ignore-index", "255", "--out", "s.csv");
    assertThat(done.code()).isZero();
    assertThat(done.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "picture class pixels dice iou precision recall",
            "a 0 1 1.0000 1.0000 1.0000 1.0000",
            "a 1 2 0.8000 0.6667 0.6667 1.0000",
            "a 2 2 0.6667 0.5000 1.0000 0.5000",
            "b, \"c\" 0 2 0.6667 0.5000 1.0000 0.5000",
            "b, \"c\" 1 0 - - 0.0000 -",
            "b, \"c\" 2 0 - - - -",
            "all 0 3 0.8000 0.6667 1.0000 0.6667",
            "all 1 2 0.6667 0.5000 0.5000 1.0000",
            "all 2 2 0.6667 0.5000 1.0000 0.5000",
            "mean 0.6667 0.5000 0.7500 0.7500",
            "predictions: numbers are classes; truth: numbers are classes",
            "written to s.csv");
    assertThat(Files.readString(folder.resolve("s.csv")))
        .isEqualTo(
            """
            picture,class,truePositives,falsePositives,falseNegatives,trueNegatives,dice,iou,\
            precision,recall
            a,0,1,0,0,4,1.000000,1.000000,1.000000,1.000000
            a,1,2,1,0,2,0.800000,0.666667,0.666667,1.000000
            a,2,1,0,1,3,0.666667,0.500000,1.000000,0.500000
            "b, ""c""\",0,1,0,1,0,0.666667,0.500000,1.000000,0.500000
            "b, ""c""\",1,0,1,0,1,,,0.000000,
            "b, ""c""\",2,0,0,0,2,,,,
            ,0,2,0,1,4,0.800000,0.666667,1.000000,0.666667
            ,1,2,2,0,3,0.666667,0.500000,0.500000,1.000000
            ,2,1,0,1,5,0.666667,0.500000,1.000000,0.500000
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void oneClassIsForeground() {
    pair("a", 4, new int[] {255, 255, 0, 0}, new int[] {255, 0, 255, 0});
    assertThat(evaluate().out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "picture class pixels dice iou precision recall",
            "a 1 2 0.5000 0.3333 0.5000 0.5000",
            "all 1 2 0.5000 0.3333 0.5000 0.5000",
            "mean 0.5000 0.3333 0.5000 0.5000",
            "predictions: 255 is foreground; truth: 255 is foreground");
  }

  @Test
  void whatCannotBeComparedIsOneLineAndNoFile() throws IOException {
    pair("a", 2, new int[] {0, 0}, new int[] {0, 0});
    Drawn.grey(folder.resolve("p/b.png"), 2, 0, 0);
    refused("b.png: has no truth; t must hold a picture named b.");
    Files.move(folder.resolve("p/b.png"), folder.resolve("t/b.png"));
    refused("b.png: has no prediction; p must hold a picture named b.");
    Drawn.grey(folder.resolve("p/b.png"), 1, 0, 0);
    refused("b.png: is 1 x 2, its truth t/b.png is 2 x 1; the sizes must be equal.");
    Drawn.grey(folder.resolve("p/b.png"), 2, 0, 4);
    refused(
        "b.png: pixel (1, 0) is 4, in a prediction it must be a class in 0..2", "--classes", "3");
    Files.write(folder.resolve("p/b.png"), new byte[] {1, 2, 3});
    refused("b.png: is no picture");
  }

  @Test
  void whatCannotBeWrittenIsSaidBeforeTheWork() {
    pair("a", 2, new int[] {0, 0}, new int[] {0, 0});
    Launched launched =
        Launched.in(folder, "evaluate", "--predictions", "p", "--truth", "t", "--out", "no/s.csv");
    assertThat(launched.err()).contains("no/s.csv: cannot be written; there is no folder");
    assertThat(launched.err().lines()).hasSize(1);
    assertThat(launched.code()).isEqualTo(2);
  }

  private void pair(String name, int width, int[] prediction, int[] truth) {
    Drawn.grey(folder.resolve("p").resolve(name + ".png"), width, prediction);
    Drawn.grey(folder.resolve("t").resolve(name + ".png"), width, truth);
  }

  private Launched evaluate(String... more) {
    List<String> args = new ArrayList<>(List.of("evaluate", "--predictions", "p", "--truth", "t"));
    args.addAll(List.of(more));
    return Launched.in(folder, args.toArray(String[]::new));
  }

  private void refused(String words, String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--out", "s.csv"));
    Launched launched = evaluate(args.toArray(String[]::new));
    List<String> errors =
        launched.err().lines().filter(line -> line.startsWith("lossmith: ")).toList();
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0)).contains(words);
    assertThat(launched.out()).isEmpty();
    assertThat(launched.code()).isEqualTo(2);
    assertThat(folder.resolve("s.csv")).doesNotExist();
  }
}
