package io.lossmith.app.train;

import io.lossmith.losses.metrics.ConfusionTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was measured while training: the loss of each step, and scores now and then. */
public final class History {
  private float[] losses = new float[256];
  private volatile int steps; // read by who tells that the program was ended
  private final List<Validation> validations = new ArrayList<>();

  /**
   * How well the validation pictures were answered.
   *
   * @param step how many steps had been taken
   * @param counts of the pixels of each class, all pictures together
   */
  public record Validation(int step, ConfusionTable counts) {}

  void add(float loss) {
    if (steps == losses.length) {
      losses = Arrays.copyOf(losses, 2 * steps);
    }
    losses[steps] = loss;
    steps = steps + 1; // only the training thread writes
  }

  /** Takes over what was measured before; this history must be empty. */
  void restore(float[] losses, List<Validation> validations) {
    this.losses = Arrays.copyOf(losses, Math.max(256, losses.length));
    this.validations.addAll(validations);
    steps = losses.length;
  }

  void add(Validation validation) {
    validations.add(validation);
  }

  /** Returns the loss of each step so far. */
  public float[] losses() {
    return Arrays.copyOf(losses, steps);
  }

  /** Returns how many steps were taken. */
  public int steps() {
    return steps;
  }

  /** Returns all scores so far, in order. */
  public List<Validation> validations() {
    return List.copyOf(validations);
  }

  /** Returns the newest score. */
  public Validation latest() {
    return validations.get(validations.size() - 1);
  }
}
