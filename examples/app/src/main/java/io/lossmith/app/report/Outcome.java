package io.lossmith.app.report;

import io.lossmith.app.score.Measure;
import io.lossmith.app.train.History;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to be said of a training that is through, beside its scores. */
public final class Outcome {
  private Outcome() {}

  /** Returns sentences for people, without their stops; none where there is nothing to say. */
  public static List<String> sentences(Trainer trainer, TrainingPlan plan, boolean keepsBest) {
    List<String> sentences = new ArrayList<>();
    History.Validation best = trainer.best().validation();
    if (trainer.isStoppedEarly()) {
      sentences.add(
          "ended early, after step "
              + trainer.history().steps()
              + " of "
              + plan.steps()
              + ": validation Dice has not risen for "
              + plan.patience()
              + " steps");
    }
    if (keepsBest) {
      sentences.add(
          "best validation Dice "
              + Measure.text(best.dice(), 4)
              + " after step "
              + best.step()
              + ", kept as "
              + TrainingOutput.BEST);
    }
    return sentences;
  }

  /** Returns the same for programs. */
  static Map<String, Object> values(Trainer trainer, boolean keepsBest) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (trainer.isStoppedEarly()) {
      values.put("endedEarly", true);
    }
    if (keepsBest) {
      History.Validation validation = trainer.best().validation();
      Map<String, Object> best = new LinkedHashMap<>();
      best.put("step", validation.step());
      if (!Double.isNaN(validation.dice())) {
        best.put(Measure.DICE.key(), validation.dice());
      }
      values.put("best", best);
    }
    return values;
  }
}
