package io.lossmith.app.cli;

import io.lossmith.app.data.Pieces;
import io.lossmith.app.train.RateSchedule;
import io.lossmith.app.train.TrainingPlan;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many steps to take, how far each goes, and when to end before. */
final class PaceOptions {
  static final String SCHEDULE = "--schedule";

  @Option(
      names = TrainOptions.STEPS,
      paramLabel = "N",
      defaultValue = "300",
      description = "How many batches to learn from. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      defaultValue = "0.003",
      description = "How far the first step of Adam goes. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = SCHEDULE,
      paramLabel = "NAME",
      defaultValue = "constant",
      description =
          "How the learning rate changes. constant: not at all. cosine: down to 0 at the last step,"
              + " along half a cosine. plateau: halved where validation Dice has not risen the last "
              + RateSchedule.PATIENCE
              + " times that it was measured. Default: ${DEFAULT-VALUE}.")
  private RateSchedule schedule;

  @Option(
      names = "--early-stopping",
      paramLabel = "STEPS",
      description =
          "End where validation Dice has not risen for so many steps. It is measured every 15 steps,"
              + " or less often, where that would take more than a quarter of the time. Default:"
              + " take all steps.")
  private @Nullable Integer patience;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Start of all that is random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** Says what is wrong before anything is read. */
  void check() {
    OptionCheck.require(steps >= 1, TrainOptions.STEPS, steps, "1 or more");
    boolean rate = learningRate > 0 && Double.isFinite(learningRate);
    OptionCheck.require(rate, "--learning-rate", learningRate, "a number above 0");
    OptionCheck.require(
        patience == null || patience >= 1, "--early-stopping", patience, "1 or more");
  }

  /** Returns what all that is random begins with. */
  long seed() {
    return seed;
  }

  /** Returns an option that was given and has no effect without validation Dice. */
  Optional<String> goesByDice() {
    if (schedule == RateSchedule.PLATEAU) {
      return Optional.of(SCHEDULE + " " + schedule);
    }
    return patience == null ? Optional.empty() : Optional.of("--early-stopping");
  }

  /** Returns how to learn from such pieces. */
  TrainingPlan plan(Pieces pieces) {
    return new TrainingPlan(
        steps, pieces, learningRate, schedule, patience == null ? 0 : patience, seed);
  }

  /** Adds what was chosen, as the page in --out shows it. */
  void describe(Map<String, String> settings) {
    settings.put("steps", String.valueOf(steps));
    settings.put("learning rate", learningRate + ", " + schedule);
    settings.put(
        "early stopping",
        patience == null ? "never" : "when Dice has not risen for " + patience + " steps");
    settings.put("seed", String.valueOf(seed));
  }
}
