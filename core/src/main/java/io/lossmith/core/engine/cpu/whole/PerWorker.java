package io.lossmith.core.engine.cpu.whole;

import java.util.Arrays;
import java.util.function.Supplier;

/** Scratch memory for each worker of a team, made by the worker at its first use. */
final class PerWorker<T> {
  private final Supplier<T> maker;
  private Object[] made = new Object[0];

  PerWorker(Supplier<T> maker) {
    this.maker = maker;
  }

  /** Makes room for so many workers; call before they start. */
  void prepare(int workers) {
    if (made.length < workers) {
      made = Arrays.copyOf(made, workers);
    }
  }

  @SuppressWarnings("unchecked")
  T get(int worker) {
    if (made[worker] == null) {
      made[worker] = maker.get();
    }
    return (T) made[worker];
  }
}
