package io.lossmith.djl;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.losses.Compiled;
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
  private final Map<InputShapes, Compiled> ready = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  ReadyLosses(Loss loss, Engine engine) {
    this.loss = loss;
    this.engine = engine;
  }

  /**
   * Returns the loss for such batches, compiled if need be.
   *
   * @throws IllegalStateException if this is closed
   * @throws IllegalArgumentException if it gives more than one number
   */
  Compiled of(InputShapes shapes) {
    if (closed) {
      throw new IllegalStateException(
          LossmithLoss.WHO + ": is closed, must be open; make a new one for another training");
    }
    Compiled compiled = ready.get(shapes);
    if (compiled == null) {
      compiled = compile(shapes);
      ready.put(shapes, compiled);
      dropOldest();
    }
    return compiled;
  }

  private Compiled compile(InputShapes shapes) {
    Compiled compiled = loss.compile(shapes, engine);
    Shape values = compiled.valueShape();
    if (values.rank() != 0) {
      compiled.close();
      throw new IllegalArgumentException(
          LossmithLoss.WHO
              + ": the loss gives values "
              + values
              + ", must give one number; choose another reduction than none");
    }
    return compiled;
  }

  private void dropOldest() {
    if (ready.size() > MOST) {
      InputShapes oldest = ready.keySet().iterator().next();
      ready.remove(oldest).close();
    }
  }

  @Override
  public void close() {
    closed = true;
    ready.values().forEach(Compiled::close);
    ready.clear();
  }
}
