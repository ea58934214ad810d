package io.lossmith.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss made ready for batches of one size; thread-safe. */
interface BatchLoss extends AutoCloseable {
  /** Returns the loss, times the number of samples. */
  double value(Batch batch);

  /** Returns it with its gradient with respect to the activated output. */
  Pair<Double, INDArray> valueAndGradient(Batch batch);

  @Override
  default void close() {}
}
