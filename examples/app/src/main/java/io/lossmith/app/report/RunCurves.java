package io.lossmith.app.report;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws the losses of several trainings on one chart, from what they left in their folders. */
public final class RunCurves {
  private static final int LOSS = 1; // column of the table

  /**
   * A training.
   *
   * @param name its folder's
   * @param losses of each step
   */
  record Run(String name, double[] losses) {}

  private RunCurves() {}

  /** Writes a PNG: its path, then the folders of the trainings. */
  public static void main(String[] args) {
    try {
      if (args.length < 2) {
        throw new BadInput("curves: give a PNG file to write, and folders that train wrote.");
      }
      List<Run> runs = new ArrayList<>();
      for (int i = 1; i < args.length; i++) {
        runs.add(read(Path.of(args[i])));
      }
      Curves.runs(Path.of(args[0]), runs);
    } catch (BadInput e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /**
   * Reads the losses of a training.
   *
   * @throws BadInput if the folder has none
   */
  static Run read(Path folder) {
    Path file = folder.resolve(TrainingOutput.STEPS);
    try {
      List<String> lines = Files.readAllLines(file);
      double[] losses =
          lines.stream()
              .skip(1)
              .mapToDouble(line -> Double.parseDouble(line.split(",")[LOSS]))
              .toArray();
      return new Run(String.valueOf(folder.getFileName()), losses);
    } catch (CharacterCodingException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new BadInput(file + ": is not a table of steps as train writes it.", e);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }
}
