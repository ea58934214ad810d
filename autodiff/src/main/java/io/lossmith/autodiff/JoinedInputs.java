package io.lossmith.autodiff;

import io.lossmith.core.engine.Program;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands the arrays of a caller on to a program that also reads some of its own, which follow. The
 * list of all is kept for the next run, so that a warm one allocates nothing.
 */
final class JoinedInputs {
  private final float[][] own;
  private final AtomicReference<float @Nullable [][]> spare = new AtomicReference<>();

  JoinedInputs(float[][] own) {
    this.own = own;
  }

  void run(Program program, float[][] given, float[][] outputs) {
    if (own.length == 0) {
      program.run(given, outputs);
      return;
    }
    float[][] all = spare.getAndSet(null);
    if (all == null) {
      all = new float[given.length + own.length][];
      System.arraycopy(own, 0, all, given.length, own.length);
    }
    System.arraycopy(given, 0, all, 0, given.length);
    try {
      program.run(all, outputs);
    } finally {
      Arrays.fill(all, 0, given.length, null);
      spare.set(all);
    }
  }
}
