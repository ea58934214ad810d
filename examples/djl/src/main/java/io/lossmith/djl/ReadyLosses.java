package io.lossmith.djl;

import io.lossmith.core.engine.Engine;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.util.LinkedHashMap;
import java.util.Map;

/** A loss for batches of any shapes; those of the last few stay compiled. Not thread-safe. */
final class ReadyLosses implements AutoCloseable {
  /** Whole batches, the rest at the end of an epoch, both of training and validation; twice. */
  private static final int MOST = 8;

  private final Loss loss;
  private final Engine engine;
  private final Map<InputShapes, ReadyLoss> compiled = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  ReadyLosses(Loss loss, Engine engine) {
    this.loss = loss;
    this.engine = engine;
  }

  /**
   * Returns the loss for such batches, compiled if need be.
   *
   * @throws IllegalStateException if this is closed
   */
  ReadyLoss of(InputShapes shapes) {
    if (closed) {
      throw new IllegalStateException(
          LossmithLoss.WHO + ": is closed, must be open; make a new one for another training");
    }
    ReadyLoss ready = compiled.get(shapes);
    if (ready == null) {
      ready = new ReadyLoss(loss, shapes, engine);
      compiled.put(shapes, ready);
      dropOldest();
    }
    return ready;
  }

  private void dropOldest() {
    if (compiled.size() > MOST) {
      InputShapes oldest = compiled.keySet().iterator().next();
      compiled.remove(oldest).close();
    }
  }

  @Override
  public void close() {
    closed = true;
    compiled.values().forEach(ReadyLoss::close);
    compiled.clear();
  }
}
