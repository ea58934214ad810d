package io.lossmith.app.train;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.losses.Loss;

/**
 * Takes tiny training steps in the background while pictures are still being read. The JVM
 * interprets code until it has run often enough to be compiled, and interpreted vectors are slow by
 * a factor of hundreds: better that this happens to few pixels, and early. Nothing is learned.
 */
public final class WarmUp implements AutoCloseable {
  private static final Shape BATCH = Shape.of(1, 1, 16, 16);

  private volatile boolean closed;

  /**
   * Begins, if this is the CPU engine; the others do not compute with the JVM's vectors.
   *
   * @param outputs logits per pixel
   */
  public WarmUp(int outputs, Loss loss, Engine engine) {
    if (engine.name().equals("cpu")) {
      Thread thread = new Thread(() -> run(outputs, loss, engine.withThreads(1)), "warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run(int outputs, Loss loss, Engine engine) {
    UNet network = new UNet(BATCH.get(1), outputs);
    try (TrainingStep step = new TrainingStep(network, loss, engine, network.initial(0), BATCH)) {
      while (!closed) {
        step.run();
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      // A loss may need larger pictures, for example. What is wrong with more than these tiny steps
      // is said when the real ones are prepared.
    }
  }

  /** Ends it, after the step that is being taken. */
  @Override
  public void close() {
    closed = true;
  }
}
