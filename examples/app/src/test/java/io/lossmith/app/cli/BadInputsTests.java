package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Npy;
import io.lossmith.app.io.Json;
import io.lossmith.core.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What cannot be used is said in one line that a user understands, and nothing is written. */
class BadInputsTests {
  private static final Shape PIXELS = Shape.of(1, 1, 1, 2);

  @TempDir private Path folder;

  /** What a command printed, and its exit code. */
  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void writeInputs() throws IOException {
    Npy.write(folder.resolve("p.npy"), PIXELS, new float[] {0.25f, 0.75f});
    Npy.write(folder.resolve("t.npy"), PIXELS, new float[] {0, 1});
    Npy.write(folder.resolve("nan.npy"), PIXELS, new float[] {0.25f, Float.NaN});
    Npy.write(folder.resolve("inf.npy"), PIXELS, new float[] {0, Float.POSITIVE_INFINITY});
    Files.createSymbolicLink(folder.resolve("link.npy"), Path.of("p.npy"));
    Files.writeString(folder.resolve("c.jsonl"), "{}\n");
  }

  /** DIR is the folder of the inputs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "loss dice --prediction DIR/p.npy --target DIR/t.npy --gradient DIR/p.npy"
            + " | DIR/p.npy: is DIR/p.npy, which is read here; must be another file.",
        "loss dice --prediction DIR/p.npy --target DIR/t.npy --gradient DIR/link.npy"
            + " | DIR/link.npy: is DIR/p.npy, which is read here; must be another file.",
        "loss dice --prediction DIR/p.npy --target DIR/t.npy --mask DIR/t.npy"
            + " --gradient DIR/./t.npy"
            + " | t.npy, which is read here; must be another file.",
        "verify DIR/c.jsonl --report DIR/c.jsonl"
            + " | DIR/c.jsonl: is DIR/c.jsonl, which is read here; must be another file.",
        "loss dice --prediction DIR/nan.npy --target DIR/t.npy --json"
            + " | loss: the value of dice is NaN, must be a number; DIR/nan.npy holds NaN.",
        "loss mse --prediction DIR/inf.npy --target DIR/inf.npy --gradient DIR/g.npy"
            + " | loss: the value of mse is NaN, must be a number; look at the inputs",
        "loss dice --prediction DIR/p.npy --target DIR/t.npy --set smooth=1 --set smooth=2"
            + " | dice: smooth is given twice, must be once.",
        "train --loss dice:-1 | dice: weight is \"-1\", must be a number above 0, as in dice:0.5.",
        "train --loss focal,gamma=1e300 | focal: gamma is 1.0E300, must be within 0..100",
        "train --loss cl-dice,iterations=2000000000"
            + " | cl-dice: iterations is 2000000000, must be a whole number within 0..256",
        "train --loss dice,smooth=1e999 | dice: smooth is Infinity, must be ≥ 0",
        "train --loss dice,smooth=null | dice: smooth is null, must be a value; leave smooth away",
        "train --loss top-k"
            + " | top-k: loss is unset, must be {loss, options} with an id and a map, as in"
            + " loss={\"loss\":\"bce-with-logits\"}",
        "train --foreground-pieces 33 | train: --foreground-pieces is 33.0, must be within 0..1.",
        "train --foreground-pieces NaN | --foreground-pieces is NaN, must be within 0..1.",
        "train --foreground-pieces some | --foreground-pieces is \"some\", must be a number.",
        "train --early-stopping 0 | train: --early-stopping is 0, must be 1 or more.",
        "train --schedule step"
            + " | --schedule is \"step\", must be one of constant, cosine, plateau.",
        "train --keep first | --keep is \"first\", must be one of last, best.",
        "train --loss top-k,loss={\"loss\" | must be JSON such as 0.5",
        "explain dice --shape 99999,99999,99999,9 | the most that fit in one array",
      })
  void isOneLine(String arguments, String line) throws IOException {
    Map<String, byte[]> before = contents();
    Ran ran = run(arguments.replace("DIR", folder.toString()));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("lossmith: ").contains(line.replace("DIR", folder.toString()));
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(contents()).containsExactlyInAnyOrderEntriesOf(before);
  }

  @Test
  void longValuesAreShortened() {
    String word = "x".repeat(20_000);
    for (String given :
        List.of(
            "train --loss dice,smooth=" + word, "train --loss " + word, "train --steps " + word)) {
      assertThat(run(given).err()).startsWith("lossmith: ").contains("…").hasSizeLessThan(1100);
    }
  }

  @Test
  void whatIsInfiniteIsStillJson() throws IOException {
    Ran ran =
        run(
            "loss mse --json --prediction DIR/inf.npy --target DIR/t.npy"
                .replace("DIR", folder.toString()));
    assertThat(ran.code()).isZero();
    assertThat(((Map<?, ?>) Json.read(ran.out())).get("value")).isEqualTo("Infinity");
  }

  private Map<String, byte[]> contents() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Map<String, byte[]> contents = new TreeMap<>();
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
      return contents;
    }
  }

  private static Ran run(String arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Lossmith.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Ran(line.execute(arguments.split(" ")), out.toString(), err.toString());
  }
}
