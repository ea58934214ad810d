package io.lossmith.app.model;

import io.lossmith.app.train.History;
import io.lossmith.app.train.TrainingListener;
import java.util.function.BiConsumer;

/** A listener to steps alone. */
record Told(BiConsumer<Integer, Integer> then) implements TrainingListener {
  @Override
  public void stepped(int step, int steps, History history) {
    then.accept(step, steps);
  }

  @Override
  public void validated(History history) {
    // Steps are told after it.
  }
}
