package io.lossmith.app.cli;

import io.lossmith.app.score.Measure;
import io.lossmith.app.train.Trainer;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What train prints of a training that is through. */
final class TrainSummary {
  private TrainSummary() {}

  /**
   * Returns what was done and what it was good for.
   *
   * @param note more about what was done; may be empty
   */
  static List<String> lines(Trainer trainer, double seconds, String engine, String note) {
    ConfusionTable counts = trainer.history().latest().counts();
    return List.of(
        String.format(
            Locale.ROOT,
            "trained %d steps on %s in %.1f s, engine %s%s%s",
            trainer.history().steps(),
            counted(trainer.data().training().size()),
            seconds,
            engine,
            trainer.worker().size() == 1 ? "" : ", " + trainer.worker().size() + " workers",
            note),
        "validation "
            + Measure.FIRST_FOUR.stream()
                .map(measure -> measure.title + " " + Measure.text(measure.of(counts), 4))
                .collect(Collectors.joining(", "))
            + ", on "
            + counted(trainer.data().validation().size()));
  }

  private static String counted(int pictures) {
    return pictures == 1 ? "1 picture" : pictures + " pictures";
  }
}
