package io.lossmith.djl.cells;

import ai.djl.engine.Engine;
import io.lossmith.app.data.Sample;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.io.BadInput;
import io.lossmith.djl.LabelKind;
import io.lossmith.djl.LossmithLoss;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the loss beside the same one in operations of DJL. */
@Command(
    name = "compare",
    description = {
      "Measures Dice + cross entropy of Lossmith and the same in operations of DJL, in turn: the"
          + " loss with its gradient alone, and a training step of the network.",
      ""
    })
final class CompareSteps implements Callable<Integer> {
  private static final float ROUNDING = 1e-4f;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "40",
      description = "How often each is measured; the later half counts. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "128",
      description = "Side of the 8 pictures of a batch, by fours. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Override
  public Integer call() {
    if (rounds < 2 || size < 16 || size % 4 != 0) {
      throw new BadInput(
          "compare: --rounds is "
              + rounds
              + " and --size "
              + size
              + ", must be 2 or more, and 16 or more by fours.");
    }
    Engine engine = PyTorch.start();
    List<Sample> batch = SyntheticCells.make(DjlTraining.BATCH, 1, size, 1).training().all();
    try (LossmithLoss loss = new LossmithLoss(DjlTraining.loss(), LabelKind.CLASS_INDICES, 1);
        StepClock ours = new StepClock(engine, loss, batch);
        StepClock theirs = new StepClock(engine, new DiceCrossEntropyOfDjl(), batch)) {
      for (int round = 0; round < rounds; round++) {
        ours.run();
        theirs.run();
      }
      requireSame(ours.value(), theirs.value());
      System.out.printf("Predictions (%d, 2, %d, %d), ms%n", DjlTraining.BATCH, size, size);
      System.out.printf("%-22s %10s %10s %8s%n", "", "Lossmith", "DJL", "ratio");
      print("loss and its gradient", ours.lossMilliseconds(), theirs.lossMilliseconds());
      print("training step", ours.stepMilliseconds(), theirs.stepMilliseconds());
    }
    return 0;
  }

  private static void requireSame(float ours, float theirs) {
    if (!(Math.abs(ours - theirs) <= ROUNDING)) {
      throw new IllegalStateException("the losses are " + ours + " and " + theirs);
    }
  }

  private static void print(String what, double ours, double theirs) {
    System.out.printf(
        Locale.ROOT, "%-22s %10.2f %10.2f %8.2f%n", what, ours, theirs, ours / theirs);
  }
}
