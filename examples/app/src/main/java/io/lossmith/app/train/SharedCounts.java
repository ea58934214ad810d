package io.lossmith.app.train;

import io.lossmith.core.collective.Collective;
import io.lossmith.core.op.Fold;
import io.lossmith.losses.metrics.ConfusionCounts;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.ArrayList;
import java.util.List;

/** Adds up what several workers counted. */
final class SharedCounts {
  private static final int NUMBERS = 4;

  private SharedCounts() {}

  /** Returns a table of one image, the counts of all workers; whole numbers, so it is exact. */
  static ConfusionTable of(ConfusionTable own, Collective worker) {
    if (worker.size() == 1) {
      return own;
    }
    double[] numbers = new double[NUMBERS * own.classes()];
    for (int label = 0; label < own.classes(); label++) {
      ConfusionCounts counts = own.total(label);
      numbers[NUMBERS * label] = counts.truePositives();
      numbers[NUMBERS * label + 1] = counts.falsePositives();
      numbers[NUMBERS * label + 2] = counts.falseNegatives();
      numbers[NUMBERS * label + 3] = counts.trueNegatives();
    }
    worker.allReduce(numbers, numbers.length, Fold.SUM);
    List<ConfusionCounts> all = new ArrayList<>();
    for (int at = 0; at < numbers.length; at += NUMBERS) {
      all.add(
          new ConfusionCounts(
              (long) numbers[at],
              (long) numbers[at + 1],
              (long) numbers[at + 2],
              (long) numbers[at + 3]));
    }
    return ConfusionTable.ofCounts(all);
  }
}
