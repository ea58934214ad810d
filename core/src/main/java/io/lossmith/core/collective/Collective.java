package io.lossmith.core.collective;

import io.lossmith.core.op.Exchange;

/**
 * One of several workers that compute together. Each makes the same calls in the same order, one at
 * a time; who finds that another made a different one, or none in time, throws an {@link
 * io.lossmith.core.engine.EngineException} that names its rank. So does who is interrupted while it
 * waits, and after one exception every call.
 *
 * <p>All workers get the same bits, and the same in each run: numbers are joined in the order of
 * ranks, whoever comes first.
 */
public interface Collective extends Exchange, AutoCloseable {
  /** Returns the number of this worker, from 0. */
  int rank();

  /** Returns how many workers there are. */
  int size();

  /** As it is between processes; threads have the same arrays. */
  @Override
  default int rounds(long bytes) {
    return ExchangeCost.rounds(bytes, size());
  }

  @Override
  default long sent(long bytes) {
    return ExchangeCost.sent(bytes, size());
  }

  /**
   * Ends this worker's part, from whatever thread: a call that is under way fails, and so do those
   * of the others, with the reason. Later reasons are not told.
   *
   * @param why one line about what happened to this worker
   */
  void leave(String why);

  /** Ends this worker's part: calls of the others fail from then on. */
  @Override
  default void close() {
    leave("it has left");
  }
}
