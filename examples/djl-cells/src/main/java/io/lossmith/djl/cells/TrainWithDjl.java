package io.lossmith.djl.cells;

import ai.djl.translate.TranslateException;
import io.lossmith.app.io.BadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains the network. */
@Command(
    name = "train",
    description = {
      "Trains a U-Net of DJL's own blocks on made pictures of cells, with Dice + cross entropy.",
      "",
      "Leaves in --out: loss.png and dice.png, how it went; overlays, pictures with what was found;"
          + " and the model of each epoch, as DJL saves it.",
      ""
    })
final class TrainWithDjl implements Callable<Integer> {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "8",
      description = "How often all pictures are learned from. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "48",
      description = "How many pictures to learn from. Default: ${DEFAULT-VALUE}.")
  private int pictures;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "96",
      description = "Side of a picture, a multiple of 4. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Start of all that is random. Default: ${DEFAULT-VALUE}.")
  private int seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "lossmith-out/djl",
      description = "Where to put what is made. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Override
  public Integer call() throws IOException, TranslateException {
    require(epochs >= 1, "--epochs is " + epochs + ", must be 1 or more");
    require(pictures >= 1, "--pictures is " + pictures + ", must be 1 or more");
    require(size >= 16 && size % 4 == 0, "--size is " + size + ", must be 16 or more, by fours");
    long started = System.nanoTime();
    CellHistory history = new DjlTraining(epochs, pictures, size, seed).run(PyTorch.start(), out);
    System.out.printf(
        Locale.ROOT,
        "Validation Dice %.3f after %d steps in %.0f s; curves, overlays and models are in %s.%n",
        history.dice(),
        history.steps(),
        (System.nanoTime() - started) * 1e-9,
        out);
    return 0;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new BadInput("train: " + message + ".");
    }
  }
}
