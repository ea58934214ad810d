package io.lossmith.losses;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of arrays that a run is called with, kept between runs so that a warm run allocates
 * none. Any number of threads may take one; beyond {@link #KEPT} at a time they are made anew.
 */
final class ArrayHolders {
  private static final int KEPT = 64;

  /** What one run needs. */
  static final class Holder {
    final float[][] inputs;
    final float[][] valueOnly = new float[1][];
    final float[][] withGradient = new float[2][];
    final float[] value;

    Holder(int inputs, int values) {
      this.inputs = new float[inputs][];
      this.value = new float[values];
    }

    /** Lets go of the caller's arrays. */
    private void clear() {
      Arrays.fill(inputs, null);
      valueOnly[0] = null;
      Arrays.fill(withGradient, null);
    }
  }

  private final AtomicReferenceArray<@Nullable Holder> kept = new AtomicReferenceArray<>(KEPT);
  private final int inputs;
  private final int values;

  ArrayHolders(int inputs, int values) {
    this.inputs = inputs;
    this.values = values == 1 ? 1 : 0; // only a single number is held here
  }

  Holder take() {
    for (int i = 0; i < KEPT; i++) {
      Holder holder = kept.get(i);
      if (holder != null && kept.compareAndSet(i, holder, null)) {
        return holder;
      }
    }
    return new Holder(inputs, values);
  }

  void giveBack(Holder holder) {
    holder.clear();
    for (int i = 0; i < KEPT; i++) {
      if (kept.compareAndSet(i, null, holder)) {
        return;
      }
    }
  }
}
