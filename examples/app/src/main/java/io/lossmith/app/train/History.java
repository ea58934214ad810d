package io.lossmith.app.train;

import io.lossmith.app.score.Measure;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was measured while training: figures of each step, and scores now and then. */
public final class History {
  private final float[][] figures = new float[Figure.values().length][256];
  private volatile int steps; // read by who tells that the program was ended
  private final List<Validation> validations = new ArrayList<>();

  /**
   * How well the validation pictures were answered.
   *
   * @param step how many steps had been taken
   * @param counts of the pixels of each class, all pictures together
   */
  public record Validation(int step, ConfusionTable counts) {
    /** Returns the score that models are compared by; NaN where the truth has no foreground. */
    public double dice() {
      return Measure.DICE.of(counts);
    }
  }

  /** Adds the figures of a step, in the order of {@link Figure}. */
  void add(float... step) {
    for (int figure = 0; figure < figures.length; figure++) {
      if (steps == figures[figure].length) {
        figures[figure] = Arrays.copyOf(figures[figure], 2 * steps);
      }
      figures[figure][steps] = step[figure];
    }
    steps = steps + 1; // only the training thread writes
  }

  /** Takes over what was measured before; this history must be empty. */
  void restore(float[][] figures, List<Validation> validations) {
    for (int figure = 0; figure < figures.length; figure++) {
      float[] room = this.figures[figure];
      this.figures[figure] =
          Arrays.copyOf(figures[figure], Math.max(room.length, figures[figure].length));
    }
    this.validations.addAll(validations);
    steps = figures[0].length;
  }

  void add(Validation validation) {
    validations.add(validation);
  }

  /** Returns a figure of each step so far. */
  public float[] of(Figure figure) {
    return Arrays.copyOf(figures[figure.ordinal()], steps);
  }

  /** Returns the figures of all steps so far, in the order of {@link Figure}. */
  float[][] figures() {
    return Arrays.stream(Figure.values()).map(this::of).toArray(float[][]::new);
  }

  /** Returns how many steps were taken. */
  public int steps() {
    return steps;
  }

  /** Returns all scores so far, in order. */
  public List<Validation> validations() {
    return List.copyOf(validations);
  }

  /** Returns how many steps had been taken at the newest score, 0 where there is none. */
  int scoredSteps() {
    return validations.isEmpty() ? 0 : latest().step();
  }

  /** Returns the newest score. */
  public Validation latest() {
    return validations.get(validations.size() - 1);
  }
}
