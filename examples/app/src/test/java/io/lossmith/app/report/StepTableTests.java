package io.lossmith.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Augmentation;
import io.lossmith.app.data.Pieces;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.score.Measure;
import io.lossmith.app.train.Figure;
import io.lossmith.app.train.History;
import io.lossmith.app.train.RateSchedule;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingListener;
import io.lossmith.app.train.TrainingPlan;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.Dice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTableTests {
  private static final int STEPS = 17;

  @TempDir private Path folder;

  @Test
  void eachStepHasALineWithItsFigures() throws IOException {
    Pieces pieces = new Pieces(1, 16, 0, Augmentation.NONE);
    TrainingPlan plan = new TrainingPlan(STEPS, pieces, 0.003, RateSchedule.COSINE, 0, 1);
    Path file = folder.resolve("steps.csv");
    try (Trainer trainer =
        new Trainer(
            plan,
            SyntheticCells.make(2, 1, 40, 1),
            1,
            Set.of(),
            Dice.sigmoid(),
            Engines.defaultEngine())) {
      trainer.run(new Silent());
      StepTable.write(file, trainer.history());
      History history = trainer.history();
      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(1 + STEPS);
      assertThat(lines.get(0))
          .isEqualTo(
              "step,loss,learningRate,gradientNorm,dice,iou,precision,recall,specificity,accuracy");
      assertThat(lines.get(1)).matches("1," + history.of(Figure.LOSS)[0] + ",0\\.003,[^,]+,,,,,,");
      for (int step = 2; step <= STEPS; step++) {
        String[] fields = lines.get(step).split(",", -1);
        assertThat(fields).hasSize(4 + Measure.values().length);
        for (Figure figure : Figure.values()) {
          assertThat(Float.parseFloat(fields[1 + figure.ordinal()]))
              .isEqualTo(history.of(figure)[step - 1]);
        }
        assertThat(fields[5].isEmpty()).isEqualTo(step != 15 && step != STEPS);
      }
      assertThat(lines.get(15).split(",")[4])
          .isEqualTo(Measure.text(history.validations().get(0).dice(), 6));
    }
  }

  /** Listens to nothing. */
  private static final class Silent implements TrainingListener {
    @Override
    public void stepped(int step, int steps, History history) {
      // What is written is looked at.
    }

    @Override
    public void validated(History history) {
      // So are scores.
    }
  }
}
