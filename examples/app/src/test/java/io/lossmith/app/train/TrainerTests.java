package io.lossmith.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.app.data.Augmentation;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Pieces;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which model is best, how far steps go, and where training ends. */
class TrainerTests {
  private static final DataSet CELLS = SyntheticCells.make(3, 1, 40, 1);
  private static final Pieces PIECES = new Pieces(1, 16, 0, Augmentation.NONE);

  /** So small a rate changes no score. */
  private static final double STILL = 1e-9;

  /** Keeps what is told. */
  private static final class Kept implements TrainingListener {
    private final List<Integer> ends = new ArrayList<>();
    private final List<Integer> scored = new ArrayList<>();

    @Override
    public void stepped(int step, int steps, History history) {
      ends.add(steps);
    }

    @Override
    public void validated(History history) {
      scored.add(history.latest().step());
    }
  }

  @Test
  void picturesAreScoredInAnIntervalAndAtTheEnd() {
    Kept kept = new Kept();
    try (Trainer trainer = trainer(40, RateSchedule.CONSTANT, STILL, 0)) {
      trainer.run(kept);
    }
    assertThat(kept.scored).containsExactly(15, 30, 40);
    assertThat(kept.ends).hasSize(40).containsOnly(40);
  }

  @Test
  void scoringTakesNoMorePixelsThanLearning() {
    TrainingPlan plan = new TrainingPlan(5, PIECES, 1, RateSchedule.CONSTANT, 0, 1);
    assertThat(plan.validationInterval(SyntheticCells.make(1, 4, 160, 1).validation().facts()))
        .isEqualTo(4 * 160 * 160 / (16 * 16));
  }

  @Test
  void theBestModelIsTheFirstOfTheHighestScore() {
    try (Trainer trainer = trainer(120, RateSchedule.CONSTANT, 0.1, 0)) {
      List<float[][]> models = new ArrayList<>();
      trainer.run(
          new TrainingListener() {
            @Override
            public void stepped(int step, int steps, History history) {
              // Models are looked at when they are scored.
            }

            @Override
            public void validated(History history) {
              models.add(
                  Arrays.stream(trainer.parameters()).map(float[]::clone).toArray(float[][]::new));
            }
          });
      List<History.Validation> scores = trainer.history().validations();
      History.Validation best =
          scores.stream().max(Comparator.comparingDouble(History.Validation::dice)).orElseThrow();
      int first = scores.stream().map(History.Validation::dice).toList().indexOf(best.dice());
      assertThat(first).isLessThan(scores.size() - 1); // so large a rate loses what was learned
      assertThat(trainer.best().validation()).isEqualTo(scores.get(first));
      assertThat(trainer.best().parameters()).isDeepEqualTo(models.get(first));
      assertThat(trainer.last().parameters()).isDeepEqualTo(models.get(models.size() - 1));
    }
  }

  @Test
  void aLastStepOutsideOfTheIntervalMayBeTheBest() {
    try (Trainer trainer = trainer(20, RateSchedule.CONSTANT, 0.01, 0)) {
      trainer.run(new Kept());
      double first = trainer.history().validations().get(0).dice();
      double last = trainer.history().latest().dice();
      assertThat(trainer.best().validation().step()).isEqualTo(last > first ? 20 : 15);
    }
  }

  @Test
  void trainingEndsWhereTheScoreHasNotRisen() {
    Kept kept = new Kept();
    try (Trainer trainer = trainer(1000, RateSchedule.CONSTANT, STILL, 31)) {
      trainer.run(kept);
      assertThat(trainer.isStoppedEarly()).isTrue();
      assertThat(trainer.history().steps()).isEqualTo(60); // 45 is 30 steps after the best
      assertThat(trainer.best().validation().step()).isEqualTo(15);
      trainer.run(kept);
      assertThat(trainer.history().steps()).isEqualTo(60);
    }
    assertThat(kept.ends.subList(0, 59)).containsOnly(1000);
    assertThat(kept.ends.get(59)).isEqualTo(60);
  }

  @Test
  void aTrainingThatTakesAllStepsIsNotEndedEarly() {
    try (Trainer trainer = trainer(45, RateSchedule.CONSTANT, STILL, 30)) {
      trainer.run(new Kept());
      assertThat(trainer.history().steps()).isEqualTo(45);
      assertThat(trainer.isStoppedEarly()).isFalse();
    }
  }

  @Test
  void ratesFollowTheSchedule() {
    assertThat(rates(RateSchedule.CONSTANT)).containsOnly(1e-9f);
    float[] cosine = rates(RateSchedule.COSINE);
    for (int k = 0; k < cosine.length; k++) {
      double rate = STILL * (1 + Math.cos(Math.PI * k / cosine.length)) / 2;
      assertThat((double) cosine[k]).isCloseTo(rate, within(1e-15));
    }
    float[] plateau = rates(RateSchedule.PLATEAU); // the best is that of step 15
    assertThat(Arrays.copyOf(plateau, 75)).containsOnly(1e-9f);
    assertThat(Arrays.copyOfRange(plateau, 75, 100)).containsOnly(5e-10f);
  }

  private static float[] rates(RateSchedule schedule) {
    try (Trainer trainer = trainer(100, schedule, STILL, 0)) {
      trainer.run(new Kept());
      return trainer.history().of(Figure.RATE);
    }
  }

  @Test
  void theRateIsThatOfTheSteps() {
    float[][] before = new UNet(1, 1).initial(7);
    // Each pixel has a slope, so that Adam's first step is the rate whatever the pieces are of.
    Loss loss = BinaryCrossEntropyWithLogits.create();
    try (Trainer trainer = trainer(1, RateSchedule.CONSTANT, 0.25, 0, loss)) {
      trainer.run(new Kept());
      float[] bias = trainer.parameters()[trainer.parameters().length - 1];
      assertThat(Math.abs(bias[0] - before[before.length - 1][0])).isCloseTo(0.25f, within(1e-4f));
    }
  }

  private static Trainer trainer(int steps, RateSchedule schedule, double rate, int patience) {
    return trainer(steps, schedule, rate, patience, Dice.sigmoid());
  }

  private static Trainer trainer(
      int steps, RateSchedule schedule, double rate, int patience, Loss loss) {
    TrainingPlan plan = new TrainingPlan(steps, PIECES, rate, schedule, patience, 7);
    return new Trainer(plan, CELLS, 1, Set.of(), loss, Engines.defaultEngine());
  }
}
