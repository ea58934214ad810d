package io.lossmith.dl4j;

import io.lossmith.core.Shape;
import io.lossmith.losses.Loss;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.factory.Nd4j;

/** A loss, made ready for each kind of batch that comes. */
final class BatchLosses implements AutoCloseable {
  private record Kind(int samples, boolean masked, boolean isDouble) {}

  private final Loss loss;
  private final Shape sample;
  private final Map<Kind, BatchLoss> ready = new HashMap<>();
  private final HostCopies copies = new HostCopies();
  private boolean closed;

  BatchLosses(Loss loss, Shape sample) {
    this.loss = loss;
    this.sample = sample;
  }

  /**
   * Returns the loss for batches such as this one; the first of a kind compiles it.
   *
   * @throws IllegalStateException if this is closed
   */
  synchronized BatchLoss of(Batch batch) {
    if (closed) {
      throw new IllegalStateException(
          LossmithLossFunction.WHO
              + ": the loss "
              + LossmithLossFunction.spelled(loss)
              + " is closed, must be open while its network is used; make another one for it");
    }
    Kind kind = new Kind(batch.samples(), batch.mask() != null, batch.isDouble());
    return ready.computeIfAbsent(kind, this::make);
  }

  private BatchLoss make(Kind kind) {
    copies.say(Nd4j.getEnvironment());
    RowsLoss rows = new RowsLoss(loss, sample, kind.samples);
    return kind.isDouble ? new DoubleLoss(rows, kind.masked) : new FloatLoss(rows, kind.masked);
  }

  @Override
  public synchronized void close() {
    closed = true;
    ready.values().forEach(BatchLoss::close);
    ready.clear();
  }
}
