package io.lossmith.dl4j.cells;

import io.lossmith.app.cli.ErrorLine;
import io.lossmith.app.data.Sample;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.report.Curves;
import io.lossmith.app.report.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains, prints how it goes, and leaves a curve and overlays. */
@Command(
    name = "run",
    description = "Trains a network of DL4J on synthetic cells with a loss of Lossmith.",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
public final class TrainCells implements Callable<Integer> {
  private static final int PRINTED = 20; // steps between two lines

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many steps to take. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "lossmith-out/dl4j",
      description = "Where to put what is made. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("");

  /** Runs it and ends the program with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true"); // pictures are only written to files
    ErrorLine errors = new ErrorLine();
    try {
      System.exit(
          new CommandLine(new TrainCells())
              .setParameterExceptionHandler(errors)
              .setExecutionExceptionHandler(errors)
              .execute(args));
    } catch (Throwable e) { // errors such as running out of memory pass the handlers
      System.exit(ErrorLine.print(e));
    }
  }

  @Override
  public Integer call() throws IOException {
    if (steps < 1) {
      throw new BadInput("run: --steps is " + steps + ", must be 1 at least.");
    }
    requireNatives();
    Files.createDirectories(folder);
    CellTraining training = new CellTraining(1);
    float[] losses = new float[steps];
    long began = System.nanoTime();
    for (int step = 0; step < steps; step++) {
      losses[step] = training.step(step);
      if ((step + 1) % PRINTED == 0 || step == steps - 1) {
        print("step %d of %d: loss %.3f, %.0f s", step + 1, steps, losses[step], since(began));
      }
    }
    print("Dice of pictures it has not seen: %.3f", training.dice());
    Curves.loss(folder.resolve("loss.png"), losses, "dice-bce");
    for (Sample sample : training.validation()) {
      byte[] found = training.predict(sample.picture());
      Overlay.write(folder.resolve(sample.name() + ".png"), sample, found, 1, CellTraining.SCORED);
    }
    print("A curve and overlays are in %s", folder.toAbsolutePath());
    return 0;
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** ND4J loads them with its first array, and tells of their absence in hundreds of lines. */
  private static void requireNatives() {
    try {
      Nd4j.scalar(0f);
    } catch (LinkageError | RuntimeException e) {
      throw new BadInput(
          "run: ND4J finds no native library for this machine, must have one; add"
              + " org.nd4j:nd4j-native and org.bytedeco:openblas with the classifier of the system,"
              + " such as linux-x86_64.",
          e);
    }
  }
}
