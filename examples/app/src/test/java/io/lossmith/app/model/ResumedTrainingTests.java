package io.lossmith.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.train.Figure;
import io.lossmith.app.train.History;
import io.lossmith.app.train.RateSchedule;
import io.lossmith.app.train.Snapshot;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingListener;
import io.lossmith.app.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trainings that were ended anywhere come to the bits of those that never were. */
class ResumedTrainingTests {
  private static final Checkpoint.Run RUN =
      new Checkpoint.Run(Map.of("--steps", List.of("200")), List.of());

  /** Around the first step, and each time that pictures are scored. */
  private static final Set<Integer> ENDS =
      new TreeSet<>(Set.of(1, 7, 14, 15, 16, 29, 30, 31, 44, 45, 46, 60, 75, 76, 89));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(RateSchedule.class)
  void endedAnywhereItIsWhatAStraightOneIs(RateSchedule schedule) throws IOException {
    TrainingPlan plan = Learned.plan(90, schedule, 0.01, 0);
    assertEndedAnywhereIsStraight(plan, 90);
  }

  @Test
  void soIsOneThatEndsEarly() throws IOException {
    // So small a rate changes no score, and pictures are scored every 15 steps.
    assertEndedAnywhereIsStraight(Learned.plan(200, RateSchedule.PLATEAU, 1e-9, 75), 90);
  }

  private void assertEndedAnywhereIsStraight(TrainingPlan plan, int steps) throws IOException {
    Path checkpoint = folder.resolve(Checkpoints.FILE);
    History straight;
    try (Trainer trainer = Learned.trainer(plan)) {
      trainer.run(
          TrainingListener.both(
              new Checkpoints(folder, 0, trainer, RUN, 0), new Told(this::keepCheckpoint)));
      straight = trainer.history();
      assertThat(straight.steps()).isEqualTo(steps);
      assertThat(trainer.isStoppedEarly()).isEqualTo(steps < plan.steps());
      write(trainer, plan, "straight");
    }
    for (int end : ENDS) {
      Files.copy(kept(end), checkpoint, StandardCopyOption.REPLACE_EXISTING);
      try (Trainer trainer = Learned.trainer(plan)) {
        trainer.restore(Checkpoint.read(checkpoint).state());
        assertThat(trainer.history().steps()).isEqualTo(end);
        trainer.run(new Told((step, all) -> {}));
        History resumed = trainer.history();
        for (Figure figure : Figure.values()) {
          assertThat(resumed.of(figure)).isEqualTo(straight.of(figure));
        }
        assertThat(scores(resumed)).isEqualTo(scores(straight));
        write(trainer, plan, "resumed");
      }
      for (String model : List.of("-last", "-best")) {
        assertThat(folder.resolve("resumed" + model))
            .hasSameBinaryContentAs(folder.resolve("straight" + model));
      }
    }
  }

  private static List<Map<String, Object>> scores(History history) {
    return history.validations().stream().map(WrittenScores::of).toList();
  }

  private void keepCheckpoint(int step, int steps) {
    try {
      Files.copy(folder.resolve(Checkpoints.FILE), kept(step), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path kept(int step) {
    return folder.resolve("kept-" + step);
  }

  private void write(Trainer trainer, TrainingPlan plan, String name) {
    write(trainer, trainer.last(), plan, name + "-last");
    write(trainer, trainer.best(), plan, name + "-best");
  }

  private void write(Trainer trainer, Snapshot learned, TrainingPlan plan, String name) {
    Model.of(trainer, learned, plan, "dice", Map.of()).write(folder.resolve(name));
  }
}
