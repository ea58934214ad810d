package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One picture of which the last fifth of rows is for validation. It is read once, although both
 * parts are asked for.
 */
final class RowSplit {
  private static final int LEAST_ROWS = 20;

  private Origin.@Nullable Seen whole; // until both parts are made

  /** Returns the rows to learn from; to be asked for before the others. */
  Origin.Seen upper(Supplier<Origin.Seen> read) {
    Origin.Seen seen = required(read.get());
    whole = seen;
    int training = training(seen.sample());
    Sample part = part(seen.sample(), 0, training);
    return new Origin.Seen(part, SampleFacts.of(part).saying(seen.facts()));
  }

  /** Returns the rows to measure on; what there is to say of the file is said of the others. */
  Origin.Seen lower(Supplier<Origin.Seen> read) {
    Origin.Seen seen = whole == null ? required(read.get()) : whole;
    whole = null;
    int training = training(seen.sample());
    Sample part = part(seen.sample(), training, seen.facts().height() - training);
    return new Origin.Seen(part, SampleFacts.of(part));
  }

  private static int training(Sample sample) {
    int rows = sample.picture().height();
    return rows - rows / 5;
  }

  private static Origin.Seen required(Origin.Seen whole) {
    if (whole.facts().height() < LEAST_ROWS) {
      throw new BadInput(
          "train: there is 1 picture of "
              + whole.facts().size()
              + ", must be 2 or more, or "
              + LEAST_ROWS
              + " rows, to keep a part for validation; give --validation-images and"
              + " --validation-masks.");
    }
    return whole;
  }

  private static Sample part(Sample sample, int top, int count) {
    return new Sample(
        sample.name(), sample.picture().rows(top, count), sample.mask().rows(top, count));
  }
}
